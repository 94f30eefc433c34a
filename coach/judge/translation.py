"""What is missing or too much in the texts of a language::

python -m coach.judge.translation de
python -m coach.judge.translation de bridge squat
"""

import sys
from collections.abc import Sequence

from coach.errors import CoachError, ExerciseError
from coach.judge.library import BUILT_IN, exercise_file, problems_of, read_exercise, stray_texts, texts_file
from coach.language import Language, known_language


def problems_in(language: Language, ids: Sequence[str]) -> list[str]:
    """All that is wrong with the texts of these exercises in a language, a sentence each."""
    found: list[str] = []
    for path in (exercise_file(name, BUILT_IN) for name in ids):
        try:
            found += problems_of(read_exercise(path), texts_file(path, language), language)
        except ExerciseError as error:
            found.append(str(error))
    return found


def unknown_files(language: Language) -> list[str]:
    """Files of texts that belong to no exercise."""
    return [said for said in stray_texts(BUILT_IN) if said.startswith(f"{language}/")]


def main(arguments: Sequence[str]) -> int:
    """The command: prints what is wrong; 1 if anything is."""
    try:
        language = known_language(arguments[0] if arguments else "")
        ids = list(arguments[1:])
        found = problems_in(language, ids or sorted(path.stem for path in BUILT_IN.glob("*.yaml")))
        found += [] if ids else unknown_files(language)
    except CoachError as error:
        found = [str(error)]
    print("\n".join(found) or "All texts are there.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
