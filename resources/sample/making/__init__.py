"""The making of the sample office: invented facts (texts/*.txt, a seed) written as the workbooks such offices keep."""
