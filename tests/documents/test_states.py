"""What a search for viruses may change."""

import pytest

from fondaco.documents.states import CLOSED, TABLE, Finding, Scan
from fondaco.kernel.states import MoveRefused, target_of


@pytest.mark.parametrize("finding", Finding)
@pytest.mark.parametrize("scan", Scan)
def test_only_a_file_that_waits_is_found_anything(finding, scan):
    if scan == Scan.WAITING:
        assert target_of(TABLE, finding, scan) == Scan(finding.value)
    else:
        with pytest.raises(MoveRefused):
            target_of(TABLE, finding, scan)


def test_what_waits_or_has_a_virus_is_closed():
    assert frozenset({Scan.WAITING, Scan.INFECTED}) == CLOSED
