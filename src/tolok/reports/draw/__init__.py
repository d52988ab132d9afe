"""Drawing: one report drawn as page, print, slides, workbook and letter."""
