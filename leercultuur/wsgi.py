"""What gunicorn serves: `gunicorn leercultuur.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leercultuur.settings")

application = get_wsgi_application()
