"""Print what was measured, for people; the JSON file holds all of it."""


def show_size(database: str, size: int, result: dict) -> None:
    """Print one size on one database."""
    print(f"── {database}, {size} responses, {result['seconds']:.0f} s " + "─" * 30)
    _show_visits(result["visits"])
    _show_reading(result["reading"])
    closing, export = result["closing"], result["export"]
    print(f"closing               {closing['seconds']:.1f} s, {closing['memory_mb']} MB")
    print(
        f"every row as CSV      {export['seconds']:.1f} s, {export['bytes']} bytes, "
        f"{export['memory_before_mb']} → {export['memory_mb']} MB"
    )
    print(f"seeding               {result['seeding_s']:.1f} s, {result['texts']} texts")
    print(f"statements            {result['queries']}")
    print(f"memory of a worker    {result['memory_mb']} MB\n")


def _show_visits(visits):
    print(f"{'':22}{'CPU ms':>8}{'floor':>8}{'ratio':>7}  {'spread':12}{'per s':>7}{'floor':>7}"
          f"{'p50':>7}{'p99':>7}{'p99/p50':>9}  {'spread':12}{'floor':>6}")  # fmt: skip
    for name, row in visits.items():
        print(
            f"{name:22}{row['cpu_ms']:8.2f}{row['floor_cpu_ms']:8.2f}{row['cpu_ratio']:7.2f}  "
            f"{_spread(row['cpu_ratio_spread'], 2):12}{row['rate']:7.0f}{row['floor_rate']:7.0f}"
            f"{row['p50_ms']:7.1f}{row['p99_ms']:7.1f}{row['p99_of_p50']:9.1f}  "
            f"{_spread(row['p99_of_p50_spread'], 1):12}{row['floor_p99_of_p50']:6.1f}"
        )


def _show_reading(reading):
    print(f"{'':22}{'CPU ms':>8}{'p50':>8}{'per s':>7}  {'8 clients:':>12}{'p50':>7}{'p99':>7}"
          f"{'per s':>7}{'first ms':>10}{'CPU':>6}{'bytes':>9}")  # fmt: skip
    for name, row in reading.items():
        one, many = row["clients_1"], row["clients_8"]
        print(
            f"{name:22}{one['cpu_ms']:8.2f}{one['p50']:8.1f}{one['rate']:7.0f}  "
            f"{many['cpu_ms']:12.2f}{many['p50']:7.1f}{many['p99']:7.1f}{many['rate']:7.0f}"
            f"{row['first_ms']:10.0f}{row['first_cpu_ms']:6.0f}{row['bytes']:9}"
        )
    firsts = reading["pdf"]["first_of_segments"]
    print("first PDF of a segment, once a worker is warm: " + ", ".join(
        f"{first['ms']:.0f} ms ({first['cpu_ms']:.0f} CPU)" for first in firsts
    ))  # fmt: skip


def show_growth(database: str, growth: dict) -> None:
    """Print what a report costs at each size beside the smallest one."""
    print(f"── {database}, a closed report at every size, in the same turns " + "─" * 20)
    print(f"{'':22}{'responses':>10}{'texts':>8}{'CPU ms':>8}{'p50':>7}{'ratio':>7}  spread")
    for name, sizes in growth.items():
        for size, row in sizes.items():
            print(
                f"{name:22}{size:10}{row['texts']:8}{row['cpu_ms']:8.2f}{row['p50']:7.1f}"
                f"{row['ratio']:7.2f}  {_spread(row['ratio_spread'], 2)}"
            )
    print()


def _spread(pair, digits):
    low, high = pair
    return f"{low:.{digits}f}–{high:.{digits}f}"
