#!/bin/sh
# Builds wordcode with what a run over the project's own programs shows of where its time goes, as
# `--enable-optimizations` does for CPython.  It wants `llvm-profdata` of the LLVM that `rustc -vV` names, or of a newer
# one: on the path, from `rustup component add llvm-tools`, or named in LLVM_PROFDATA.
#
#     packaging/profile-guided.sh                      makes target/profile-guided/wordcode
#     packaging/profile-guided.sh --bench PYTHON3.14   measures the compiler so built beside CPython's
set -eu
cd "$(dirname "$0")/.."

usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

host=$(rustc -vV | sed -n 's/^host: //p')
tools=$(rustc --print sysroot)/lib/rustlib/$host/bin
profdata=${LLVM_PROFDATA:-$(PATH="$tools:$PATH" command -v llvm-profdata)} || {
    echo "llvm-profdata is not there: rustup component add llvm-tools" >&2
    exit 1
}
work=$PWD/target/profile-guided
mkdir -p "$work"

# What belongs to the machine that builds, such as scripts of libraries, is built without a profile: `--target`.
with() {
    flags=$1
    command=$2
    shift 2
    RUSTFLAGS="${RUSTFLAGS-} $flags" CARGO_TARGET_DIR="$work" cargo "$command" --target "$host" "$@"
}

counting() {
    rm -rf "$work/raw"
    with "-Cprofile-generate=$work/raw" "$@"
}

knowing() {
    with "-Cprofile-use=$work/all.profdata" "$@"
}

product() {
    built=$work/$host/release/wordcode
    counting build --release
    # Some of the programs are there to be refused, or to fail.
    for _ in 1 2 3; do
        "$built" compile -o "$work/code" tests/programs samples > /dev/null 2>&1 || true
    done
    for program in samples/*.py; do
        "$built" run --no-pycache "$program" > /dev/null 2>&1 < /dev/null || true
    done
    "$profdata" merge -o "$work/all.profdata" "$work/raw"
    knowing build --release
    cp "$built" "$work/wordcode"
    echo "$work/wordcode"
}

# Cargo builds the library anew for a benchmark, under other names, so that it needs a profile of its own.
bench() {
    counting bench --bench compile --no-run
    # The second time nothing is left to do but to say where it is.
    built=$(counting bench --bench compile --no-run 2>&1 | sed -n 's/.*Executable.*(\(.*\))$/\1/p')
    (find tests/programs samples -name '*.py'; echo) | "$built" --side > /dev/null
    "$profdata" merge -o "$work/all.profdata" "$work/raw"
    knowing bench --bench compile -- "$@"
}

if [ $# -eq 0 ]; then
    product
elif [ "$1" = --bench ] && [ $# -gt 1 ]; then
    shift
    bench "$@"
else
    usage
fi
