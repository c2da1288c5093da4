#!/usr/bin/env bash
# Makes a machine ready: installs what is missing and nothing else, and is silent when nothing is.
#
#   tools/setup.sh run    what `tongbao run` needs
#   tools/setup.sh test   the same, and what the tests need (Pango, LibreOffice, Poppler, PostgreSQL)
#
# Where packages come from is the machine's business (apt sources, pip.conf, environment); no address is written here.
set -euo pipefail

readonly UV_VERSION=0.13.9
readonly FANDOL=(FandolFang-Regular FandolHei-Bold FandolHei-Regular FandolKai-Regular FandolSong-Bold FandolSong-Regular)

export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV LANGUAGE

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root"
readonly root venv=.venv log=.setup.log
readonly fonts=${XDG_DATA_HOME:-$HOME/.local/share}/tongbao/fonts/fandol

mode=${1:-run}
case $mode in run | test) ;; *)
  echo "用法：tools/setup.sh run|test" >&2
  exit 2
  ;;
esac

say() { echo "［准备］$*" >&2; }

fail() {
  echo "［准备未完成］$*" >&2
  [[ ! -s $log ]] || echo "（经过见 $root/$log）" >&2
  exit 1
}

# What apt, pip and uv say goes into the log: whoever reads the screen gets one sentence.
quietly() { "$@" </dev/null >>"$log" 2>&1; }

# --- has anything changed since the last time? ------------------------------------------------------------------

stamp() { { sha256sum requirements.lock pyproject.toml tools/setup.sh && echo "$root"; } | sha256sum | cut -d' ' -f1; }

stamped() { [[ -x $venv/bin/python && -f $venv/.ready-$1 && $(<"$venv/.ready-$1") == "$2" ]]; }

have_fandol() {
  local face
  for face in "${FANDOL[@]}"; do [[ -s $fonts/$face.otf ]] || return 1; done
}

# --- what the system must offer ---------------------------------------------------------------------------------

installed() { [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# (grep without -q: it would leave early, and pipefail would take the broken pipe for a “no”)
have_library() { installed "$1" || /sbin/ldconfig -p 2>/dev/null | grep -F "$2" >/dev/null; }

have_font() {
  local folder
  for folder in /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts"; do
    [[ -d $folder && -n $(find -L "$folder" -name "$1" -print -quit 2>/dev/null) ]] && return
  done
  return 1
}

# Prints what is missing, one a line; “a|b” stands for whichever of them apt offers.
missing_packages() {
  { have_font 'NotoSerifCJK-Bold.*' && have_font 'NotoSansCJK-Regular.*'; } || echo fonts-noto-cjk
  "$python" -c 'import ensurepip, venv' 2>/dev/null || "$venv/bin/python" -c 'import pip' 2>/dev/null ||
    echo "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv|python3-venv"
  # Pango is what WeasyPrint needs, and WeasyPrint what template packs with a style sheet of their own need.
  if [[ $mode == test ]] || compgen -G 'templates/*/样式.css' >/dev/null; then
    have_library libpango-1.0-0 libpango-1.0.so.0 || echo libpango-1.0-0
    have_library libpangoft2-1.0-0 libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    have_library libharfbuzz-subset0 libharfbuzz-subset.so.0 || echo "libharfbuzz-subset0|libharfbuzz0b"
  fi
  if [[ $mode == test ]]; then
    installed libreoffice-writer-nogui || installed libreoffice-writer || command -v soffice >/dev/null ||
      echo "libreoffice-writer-nogui|libreoffice-writer"
    installed libreoffice-calc-nogui || installed libreoffice-calc ||
      { ! installed libreoffice-common && command -v soffice >/dev/null; } ||
      echo "libreoffice-calc-nogui|libreoffice-calc"
    { command -v pdftotext && command -v pdftoppm; } >/dev/null || echo poppler-utils
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || echo postgresql
  fi
}

find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  fail "需要 Python 3.11 或更新的版本：请先手工安装（Debian 12：apt-get install python3），再运行一次 make $mode。"
}

# --- apt --------------------------------------------------------------------------------------------------------

# Sets `as_root` to what must stand before a command that changes the system.
become_root() {
  if [[ $EUID -eq 0 ]]; then
    as_root=()
  elif command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; then
    as_root=(sudo -E)
  else
    return 1
  fi
}

refreshed=no
refresh() {
  [[ $refreshed == yes ]] || quietly "${as_root[@]}" apt-get update -q || true # old lists may still do
  refreshed=yes
}

offered() { apt-cache policy "$1" 2>/dev/null | grep 'Candidate: [^(]' >/dev/null; }

# Of “a|b”, the first that apt offers; the first of all when it offers none.
choose() {
  local name
  for name in ${1//|/ }; do
    if offered "$name"; then
      echo "$name"
      return
    fi
  done
  echo "${1%%|*}"
}

apt_install() {
  quietly "${as_root[@]}" apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

install_packages() {
  local wanted names=() entry
  mapfile -t wanted < <(missing_packages)
  if ((${#wanted[@]} > 0)); then
    local by_hand="请由管理员手工安装：apt-get install -y ${wanted[*]%%|*}，再运行一次 make $mode。"
    command -v apt-get >/dev/null || fail "本机没有 apt，无法自动安装系统软件包；${by_hand}（其他发行版请安装同名或对应的软件包）"
    become_root || fail "没有 sudo 权限，无法自动安装系统软件包；$by_hand"
    say "安装系统软件包：${wanted[*]%%|*}"
    refresh
    for entry in "${wanted[@]}"; do names+=("$(choose "$entry")"); done
    apt_install "${names[@]}" || fail "系统软件包没有装上（多半是网络不通或软件源不可用）；$by_hand"
  fi
  # 霞鹜文楷 only stands in for rare characters; not every release has it, so its absence stops nothing.
  if ! have_font 'LXGWWenKai*' && command -v apt-get >/dev/null && become_root; then
    offered fonts-lxgw-wenkai || refresh
    if offered fonts-lxgw-wenkai; then
      say "安装备用字体：fonts-lxgw-wenkai"
      apt_install fonts-lxgw-wenkai || say "备用字体 fonts-lxgw-wenkai 没有装上，不影响运行。"
    fi
  fi
}

# --- Fandol: four of the five faces of an official document, taken out of a package of 49 MB --------------------

install_fandol() {
  have_fandol && return
  local by_hand="请手工把 Fandol 字体（${FANDOL[*]/%/.otf}，在 Debian 软件包 texlive-lang-chinese 中）放入 $fonts/，再运行一次 make $mode。"
  local temporary source=/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
  temporary=$(mktemp -d)
  # shellcheck disable=SC2064  # the folder of now
  trap "rm -rf '$temporary'" EXIT
  if [[ -s $source/FandolFang-Regular.otf ]]; then
    cp "$source"/Fandol{Fang,Hei,Kai,Song}-*.otf "$temporary/"
  else
    command -v apt-get >/dev/null || fail "本机没有 apt，无法自动取得 Fandol 字体；$by_hand"
    say "取得 Fandol 字体（下载约 49 MB，不安装 TeX）"
    fetch_fandol "$temporary" || { become_root && refresh && fetch_fandol "$temporary"; } ||
      fail "没有取得 Fandol 字体（多半是网络不通或软件源不可用）；$by_hand"
  fi
  mkdir -p "$fonts"
  mv -f "$temporary"/Fandol*.otf "$fonts/"
  have_fandol || fail "取得的 Fandol 字体不全；$by_hand"
}

fetch_fandol() (
  cd "$1"
  apt-get download -q -o APT::Sandbox::User=root texlive-lang-chinese </dev/null >>"$root/$log" 2>&1 || return 1
  dpkg-deb --fsys-tarfile texlive-lang-chinese_*.deb |
    tar -x --wildcards --transform 's|.*/||' --exclude '*Braille*' '*/fonts/opentype/public/fandol/*.otf'
)

# --- Python -----------------------------------------------------------------------------------------------------

# uv does not read pip.conf: hand on the mirror that pip is told to use, if it is.
follow_pip_mirror() {
  [[ -z ${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-} ]] || return 0
  local settings section found mirror=
  settings=$("$venv/bin/python" -m pip config list 2>/dev/null) || return 0
  for section in global install :env:; do
    found=$(sed -n "s/^$section\.index-url='\(.*\)'\$/\1/p" <<<"$settings")
    mirror=${found:-$mirror}
  done
  if [[ -n $mirror ]]; then export UV_DEFAULT_INDEX=$mirror; fi
}

install_python_packages() {
  local by_hand="请接通网络，或为 pip 设好可用的软件源（pip config set global.index-url …），再运行一次 make $mode。"
  local pip=("$venv/bin/python" -m pip install --retries 1) uv=("$venv/bin/uv" --no-progress pip)
  if ! "$venv/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "建立 Python 环境 $venv"
    quietly "$python" -m venv --clear "$venv" || fail "无法建立 Python 环境 $root/$venv；请检查该文件夹是否可写，再运行一次 make $mode。"
  fi
  if [[ $("$venv/bin/uv" --version 2>/dev/null) != "uv $UV_VERSION"* ]]; then
    quietly "${pip[@]}" "uv==$UV_VERSION" || fail "没有装上 uv $UV_VERSION（多半是网络不通）；$by_hand"
  fi
  say "安装 Python 依赖（requirements.lock）"
  follow_pip_mirror
  # pip knows settings that uv does not (certificates, further indexes): the second way to the same locked hashes.
  quietly "${uv[@]}" sync --python "$venv/bin/python" --require-hashes requirements.lock ||
    quietly "${pip[@]}" --require-hashes --no-deps -r requirements.lock ||
    fail "Python 依赖没有装上（多半是网络不通）；$by_hand"
  quietly "${uv[@]}" install --python "$venv/bin/python" --offline --no-deps --no-build-isolation --editable . ||
    fail "本项目没有装入 $venv；请删除 $root/$venv 后再运行一次 make $mode。"
}

# ----------------------------------------------------------------------------------------------------------------

key=$(stamp)
if stamped "$mode" "$key" && have_fandol; then exit 0; fi
rm -f "$log"

python=$(find_python) || exit 1
install_packages
install_fandol
stamped run "$key" || install_python_packages
echo "$key" >"$venv/.ready-run"
if [[ $mode == test ]]; then echo "$key" >"$venv/.ready-test"; fi
rm -f "$log"
say "就绪"
