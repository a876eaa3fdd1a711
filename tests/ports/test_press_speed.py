from bench.press import full_document, measure_press
from sir.ports.press import TypstPress


def test_the_speed_is_measured_on_three_full_pages():
    measure = TypstPress().measure(full_document(1))

    assert measure.pages == 3
    assert all(fill > 0.9 for fill in measure.page_fills)


def test_the_measurement_reports_both_sides_and_its_own_verdict():
    report = measure_press(runs=3)

    assert report["pages"] == [3]
    assert report["runs"] == 3
    assert 0 < report["measure_median_ms"] <= report["measure_p95_ms"]
    assert report["is_fast"] == (
        report["measure_p95_ms"] < report["goal_ms"]
        and report["measure_p95_ms"] <= report["bound_ms"]
    )
