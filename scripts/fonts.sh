#!/usr/bin/env bash
# Makes the fonts of the PDF files (server/web/fonts) from the packages they come from: seldom run, its results are committed.
# Needs npm, apt-get and python3 with venv; two minutes. What the fonts hold is what the page says a PDF can show:
# app/domain/src/paper.rs has to agree, and a test of web prints its table. Letters are not taken apart (ccmp stays out of
# noto), so that what is copied out of a file is what was written.
#
#   latin, latin-ext   Atkinson Hyperlegible Next, the font of the pages: @fontsource-variable/atkinson-hyperlegible-next
#   arabic             Vazirmatn, for the same reason: one glyph for each letter, where Noto draws letter and dots
#   ethiopic … thai    Noto Sans, one package for each script
#   noto, noto-bold    Noto Sans of Debian's fonts-noto-core: Latin of all languages, Greek, Cyrillic, ‰ and their like. The
#                      npm packages hold it in slices, and none of those has ‰
#   math, symbols, emoji-signs   arrows and ≈ ≤ ∑; ☐ ☑ ✓ ● ⚠; and the few signs of lists that are only found among emoji: ✅ ❌
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

out=$PWD/server/web/fonts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

say "Packages"
python3 -m venv v
v/bin/pip -q install 'fonttools[woff]==4.68.0'
npm init -y >/dev/null
scripts=(ethiopic thai hebrew georgian armenian tamil devanagari)
npm install --no-audit --no-fund --silent "${scripts[@]/#/@fontsource-variable/noto-sans-}" \
    @fontsource-variable/atkinson-hyperlegible-next @fontsource-variable/vazirmatn @fontsource/noto-sans-math @fontsource/noto-sans-symbols-2 @fontsource/noto-emoji
apt-get download -q fonts-noto-core >/dev/null
dpkg -x fonts-noto-core_*.deb debian

# subset NAME FILE CHARACTERS…: hinting, names of glyphs and what no browser of text asks for stay out
subset() {
    local name=$1 file=$2 characters=$3
    shift 3
    v/bin/python -c 'import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1])
font.flavor = None
font.save("plain.ttf")' "$file"
    v/bin/pyftsubset plain.ttf --unicodes="$characters" --output-file="$out/$name.ttf" --no-hinting --notdef-outline \
        --no-glyph-names --name-IDs='0,1,2,5,6,13,14' "$@"
    echo "   $(stat -c %s "$out/$name.ttf") $name"
}

# of a script: the weights that we use, regular to bold
script() {
    local name=$1 package=$2 part=$3 characters=$4
    shift 4
    v/bin/fonttools varLib.instancer -q -o instance.ttf \
        "node_modules/@fontsource-variable/$package/files/$package-$part-wght-normal.woff2" wght=400:700
    subset "$name" instance.ttf "$characters" --layout-features='*' "$@"
}

say "Subsets"
blanks=U+20,U+A0
# without accents of their own: a Vietnamese letter is looked for in a font that has it as one sign, not as three
for part in latin latin-ext; do
    script "$part" atkinson-hyperlegible-next "$part" 'U+20-2FF,U+370-FFFF'
done
# without the sign at the end of a verse, which goes before a figure and is drawn around it
script arabic vazirmatn arabic U+20-6DC,U+6DE-FFFF
# its positions are kerning alone, and three times as large as its letters
script ethiopic noto-sans-ethiopic ethiopic "$blanks,U+1200-139F" --drop-tables+=GPOS
script thai noto-sans-thai thai "$blanks,U+E00-E7F,U+25CC"
script hebrew noto-sans-hebrew hebrew "$blanks,U+590-5FF,U+20AA,U+25CC,U+FB1D-FB4F"
script georgian noto-sans-georgian georgian "$blanks,U+10D0-10FF,U+1C90-1CBF"
script armenian noto-sans-armenian armenian "$blanks,U+530-58F"
script tamil noto-sans-tamil tamil "$blanks,U+B80-BFF,U+200C,U+200D,U+25CC"
script devanagari noto-sans-devanagari devanagari "$blanks,U+900-97F,U+200C,U+200D,U+25CC"
latin=U+20-7E,U+A0-36F,U+370-3FF,U+400-52F,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20C0,U+2100-218F,U+2212,U+25CC,U+FB00-FB06
for weight in Regular Bold; do
    name=noto$([[ $weight == Bold ]] && echo -bold || true)
    subset "$name" "debian/usr/share/fonts/truetype/noto/NotoSans-$weight.ttf" "$latin" \
        --layout-features=kern,mark,mkmk,locl
done
one() { echo "node_modules/@fontsource/$1/files/$1-$2-400-normal.woff2"; }
subset math "$(one noto-sans-math latin)" U+2190-21FF,U+2200-22FF,U+27F5-27FA --layout-features= --drop-tables+=MATH
subset symbols "$(one noto-sans-symbols-2 symbols)" \
    U+231A-231B,U+23E9-23FA,U+25A0-25FF,U+2600-26FF,U+2700-27BF,U+2B00-2BFF --layout-features=
# those that say the same in one colour; a red and a green circle do not
subset emoji-signs "$(one noto-emoji emoji)" U+2705,U+274C,U+274E,U+2753-2755,U+2795-2797,U+2B50,U+2B55,U+FE0F \
    --layout-features=

cp node_modules/@fontsource-variable/vazirmatn/LICENSE "$out/OFL-vazirmatn.txt"
{
    echo "Copyright 2022 The Noto Project Authors (https://github.com/notofonts)"
    echo "Copyright 2010-2020 Google LLC (noto.ttf, noto-bold.ttf), 2013 Google LLC (emoji-signs.ttf)"
    sed 1d node_modules/@fontsource-variable/noto-sans-ethiopic/LICENSE
} >"$out/OFL-noto.txt"
took "made"
