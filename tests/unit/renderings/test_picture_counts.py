"""What a picture says in numbers: whatever it folds, each thing is counted as what it is."""

from msgspec.structs import replace

from analyzer.model.pictures import Fold, FoldBy, Role
from analyzer.renderings.picture_text import count_line, said_lines, small_lines
from tests.unit.renderings.sample_pictures import box, fold, picture


def test_what_is_in_stacks_is_counted_by_what_it_is() -> None:
    """A stack of neighbours is many neighbours, and a file without a record no artifact."""
    by, files = FoldBy.FOLDER, ("app/x.py", "app/y.py")
    boxes = [
        box("A", "a.py", "service"),
        replace(fold(FoldBy.OWNER, "web", 7), role=Role.NEIGHBOUR),
        replace(fold(by, "app", 3), fold=Fold(by, "app", ("B", "C", "D"), 1, files)),
        replace(fold(by, "lib", 2), fold=Fold(by, "lib", (), 0, ("lib/x.py", "lib/y.py"))),
    ]
    folded = replace(picture(boxes, []), folded_by=(by,))
    assert count_line(folded) == (
        "4 artifacts · 1 dependency · 7 neighbours · 4 unregistered files · drawn as 4 boxes and"
        " 0 lines"
    )
    assert said_lines(folded)[0] == (
        "Folded by folder: 3 stacks of 10 artifacts and 4 files hide 1 dependency."
    )
    assert [small_lines(one, has_owners=False)[0] for one in boxes[2:]] == [
        "3 artifacts, 2 files",
        "2 files",
    ]
