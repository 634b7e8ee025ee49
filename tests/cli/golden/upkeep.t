Looking after an index.

  $ stemma index archive.jsonl > first.txt 2>&1
  $ stemma delete guns-1
  1 article deleted; the index holds 6
  $ stemma search --ids armoured
  nothing found: armoured
    hint: `stemma explain` shows how the query was read
  [1]
  $ stemma delete guns-1
  0 articles deleted; the index holds 6
  not found: no article has the key guns-1
  [1]
  $ stemma delete guns-1 guns-2
  1 article deleted; the index holds 5
  not found: no article has the key guns-1
  [6]
  $ stemma search --ids --any flood river | stemma delete -
  2 articles deleted; the index holds 3
  $ stemma rebuild
  3 articles compiled anew in TIME
  $ stemma check | sed 's/: .*, 3/: FILES, 3/'
  sound: FILES, 3 articles the same in both halves
  $ stemma stats | head -3
  FOLDER/.stemma
  articles                             3
  generation                           5
