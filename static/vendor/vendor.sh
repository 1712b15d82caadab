#!/bin/sh
# Fetches govuk-frontend from npm and writes what this site uses of it beside this script.
# Fonts, crest and icons belong to GOV.UK alone and are left out; the typeface gives way to the reader's own.
# Run it only to move to a new version; what it writes is committed, so no other machine needs npm.
set -eu

VERSION=6.6.0
HERE=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

cd "$WORK"
npm pack --silent "govuk-frontend@$VERSION" >/dev/null
tar xzf "govuk-frontend-$VERSION.tgz"
mkdir -p "$HERE/govuk"

python3 - "$WORK/package/dist/govuk" "$HERE/govuk" "$VERSION" <<'PYTHON'
import re
import sys
from pathlib import Path

source, target, version = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
SYSTEM = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif'


def replace(pattern: str, by: str, text: str, what: str) -> str:
    text, count = re.subn(pattern, by, text)
    print(f"  {what}: {count}")
    if not count:
        sys.exit(f"nothing to do for: {what}. Has govuk-frontend changed? Read the new version before going on.")
    return text


css = (source / "govuk-frontend.min.css").read_text(encoding="utf-8")
print(f"govuk-frontend {version}, style sheet")
css = replace(r"/\*! Copyright \(c\) 2011 by Margaret Calvert[^*]*\*/", "", css, "typeface notices dropped")
css = replace(r"@font-face\{[^}]*\}", "", css, "font faces dropped")
css = replace(r"GDS Transport,arial,sans-serif", SYSTEM, css, "type stacks replaced")
css = replace(r"[^{}]*\{[^{}]*govuk-crest[^{}]*\}", "", css, "rules with the crest dropped")
css = replace(r"\.govuk-footer__(?:crown|copyright-logo)[^{}]*\{[^{}]*\}", "", css, "rules of crown and crest dropped")
css = replace(r"#1d70b8", "#33475b", css, "brand blue replaced")
css = re.sub(r"url\(/assets/", "url(", css)
css = re.sub(r"\n?/\*# sourceMappingURL=.*?\*/", "", css)

js = (source / "govuk-frontend.min.js").read_text(encoding="utf-8")
js = re.sub(r"\n?//# sourceMappingURL=.*", "", js)

for name, text in (("style sheet", css), ("script", js)):
    for banned in (r"GDS Transport", r"crown", r"crest", r"url\(/", r"sourceMappingURL", r"#1d70b8",
                   r"(?:url\(|src=|@import|from)\s*[\"']?(?:https?:)?//"):
        found = re.search(banned, text, re.IGNORECASE)
        if found:
            sys.exit(f"left in the {name}: {text[max(0, found.start() - 60):found.end() + 60]}")
if css.count("{") != css.count("}"):
    sys.exit("the style sheet's braces no longer match: a rule was cut in half")

(target / "govuk-frontend.min.css").write_text(css.strip() + "\n", encoding="utf-8")
(target / "govuk-frontend.min.js").write_text(js.strip() + "\n", encoding="utf-8")
print(f"wrote {len(css):,} characters of CSS and {len(js):,} of JavaScript; no typeface, crown, crest or far address left")
PYTHON
