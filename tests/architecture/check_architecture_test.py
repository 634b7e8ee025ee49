#!/usr/bin/env python3
"""Each rule of check_architecture.py must catch what it forbids, and pass a tree that keeps it."""
import pathlib
import tempfile
import unittest

from check_architecture import check_tree


class Rules(unittest.TestCase):
    def faults(self, files, layers="base:\ntext: base\n"):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for top in ("lib/base", "lib/text", "lib/include/stemma", "cli", "bench", "tests"):
                (root / top).mkdir(parents=True)
            (root / "lib/LAYERS").write_text(layers)
            for name, text in files.items():
                (root / name).write_text(text)
            return check_tree(root)[1]

    def test_a_tree_that_keeps_the_rules_has_no_faults(self):
        self.assertEqual([], self.faults({
            "lib/base/bytes.h": "#include <vector>\n#include \"stemma/error.h\"\n",
            "lib/text/words.cpp": "#include \"base/bytes.h\"\n#include <unicode/brkiter.h>\n",
            "cli/main.cpp": "#include \"stemma/stemma.h\"\n#include <CLI/CLI.hpp>\n"}))

    def test_an_upward_include_is_a_fault(self):
        self.assertEqual(1, len(self.faults({"lib/base/bytes.h": "#include \"text/words.h\"\n"})))

    def test_a_cycle_cannot_be_declared(self):
        self.assertEqual(1, len(self.faults({}, "base: text\ntext: base\n")))

    def test_an_undeclared_folder_is_a_fault(self):
        self.assertEqual(1, len(self.faults({}, "base:\n")))

    def test_a_public_header_may_not_see_inside(self):
        self.assertEqual(1, len(self.faults({"lib/include/stemma/x.h": "#include \"base/bytes.h\"\n"})))

    def test_the_command_may_not_see_inside(self):
        self.assertEqual(1, len(self.faults({"cli/main.cpp": "#include \"base/bytes.h\"\n"})))

    def test_outside_libraries_stay_in_their_folder(self):
        self.assertEqual(3, len(self.faults({
            "lib/text/a.cpp": "#include <xapian.h>\n",
            "lib/base/b.cpp": "#include <unicode/uchar.h>\n",
            "cli/c.cpp": "#include <immintrin.h>\n"})))

    def test_long_files_and_functions_are_faults(self):
        body = "".join("  x();\n" for _ in range(60))
        self.assertEqual(1, len(self.faults({"lib/base/a.cpp": "void f() {\n" + body + "}\n"})))
        self.assertEqual(1, len(self.faults({"lib/base/a.cpp": "int x;\n" * 401})))

    def test_names_that_say_nothing_are_faults(self):
        self.assertEqual(1, len(self.faults({"lib/base/string_util.h": ""})))


if __name__ == "__main__":
    unittest.main()
