# Sourced by ./run and ./test: what both do to install and build. Expects to run from the root of the checkout.
# Nothing here needs more than bash and coreutils until the packages are installed.

# Another checkout of the same sources finds what this one compiled: without these, paths alone make every object new.
export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$PWD} CCACHE_NOHASHDIR=1

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

# missing_packages LIST...: the names that are not installed, one a line.
missing_packages() {
    local -A installed=()
    local -a wanted=() names=()
    local list entry name status command
    for list in "$@"; do
        while read -r entry _; do
            [[ -z $entry || $entry == \#* ]] || wanted+=("$entry")
        done < "$list"
    done
    for entry in "${wanted[@]}"; do names+=("${entry%%/*}"); done
    while read -r name status; do
        [[ $status == ii* || $status == hi* ]] && installed[$name]=yes
    done < <(dpkg-query -W -f '${Package} ${db:Status-Abbrev}\n' "${names[@]}" 2>/dev/null)
    for entry in "${wanted[@]}"; do
        name=${entry%%/*}
        command=${entry#"$name"}
        command=${command#/}
        [[ -n ${installed[$name]:-} ]] && continue
        [[ -n $command ]] && type -P "$command" >/dev/null && continue
        printf '%s\n' "$name"
    done
}

# is_offered NAME: whether the configured package sources have it.
is_offered() {
    local key value
    while read -r key value; do
        [[ $key == Candidate: ]] && { [[ $value != "(none)" ]]; return; }
    done < <(LC_ALL=C apt-cache policy "$1" 2>/dev/null)
    return 1
}

# install_packages LIST...: installs what is missing, or says plainly what and why not.
install_packages() {
    type -P dpkg-query >/dev/null || {
        say "This is not a Debian system: please see to it that what $* name is installed."
        return 0
    }
    local -a missing=() as_root=() unknown=()
    mapfile -t missing < <(missing_packages "$@")
    [[ ${#missing[@]} -eq 0 ]] && return 0

    step "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    if [[ $(id -u) -ne 0 ]]; then
        type -P sudo >/dev/null || die "these Debian packages are missing: ${missing[*]}. Install them as root (apt-get install ${missing[*]}), then start again."
        as_root=(sudo)
    fi
    as_root+=(env DEBIAN_FRONTEND=noninteractive LC_ALL=C)
    "${as_root[@]}" apt-get update -qq || say "apt-get update failed: going on with the lists of packages already here."
    local name
    for name in "${missing[@]}"; do
        is_offered "$name" || unknown+=("$name")
    done
    [[ ${#unknown[@]} -eq 0 ]] || die "this system's package sources do not offer: ${unknown[*]}. Greffier is built for Debian 12 (bookworm)."
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" \
        || die "apt-get could not install: ${missing[*]} (its reason stands above)."
}

# npm_packages FOLDER: node_modules as package-lock.json says, fetched again only when that file changed.
npm_packages() {
    local folder=$1 stamp=$1/node_modules/.greffier-lock lock=$1/package-lock.json sum verb=ci
    [[ -f $lock ]] || { lock=$folder/package.json; verb=install; }
    sum=$(sha256sum < "$lock")
    [[ -f $stamp && $(< "$stamp") == "$sum" ]] && return 0
    step "Fetching the npm packages of $folder"
    (cd "$folder" && npm "$verb" --no-audit --no-fund --loglevel=error) \
        || { say "npm could not fetch the packages of $folder (its reason stands above)." >&2; return 1; }
    [[ $verb == ci ]] || sum=$(sha256sum < "$lock")
    mkdir -p "$folder/node_modules"
    printf '%s\n' "$sum" > "$stamp"
}

# build_web: web/ -> web/dist, only when a file of web/, or the list of words its meter knows, changed.
build_web() {
    [[ -f web/package.json ]] || { say "web/ holds no package.json: the pages will have no style."; return 0; }
    local stamp=build/web.stamp sum
    npm_packages web || return 1
    sum=$(find web passwords \( -path web/node_modules -o -path web/dist \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
    [[ -d web/dist && -f $stamp && $(< "$stamp") == "$sum" ]] && return 0
    step "Building the front end (web/dist)"
    (cd web && npm run --silent build) || { say "the front end did not build (the reason stands above)." >&2; return 1; }
    mkdir -p build
    printf '%s\n' "$sum" > "$stamp"
}

# build_jobs: as many compilers as there are cores, and as memory allows (1 GB each); JOBS=N decides otherwise.
build_jobs() {
    [[ -z ${JOBS:-} ]] || { echo "$JOBS"; return; }
    local cores memory=0 key value _
    cores=$(nproc)
    while read -r key value _; do
        [[ $key == MemAvailable: ]] && memory=$((value / 1000000))
    done < /proc/meminfo
    ((memory < 1)) && memory=1
    echo $((cores < memory ? cores : memory))
}

# build_cpp PRESET [NINJA ARGUMENTS]: configures once, then compiles what changed.
build_cpp() {
    local preset=$1
    shift
    if [[ ! -f build/$preset/build.ninja || CMakePresets.json -nt build/$preset/build.ninja ]]; then
        step "Configuring ($preset)"
        cmake --preset "$preset" || return 1
    fi
    step "Compiling ($preset, $(build_jobs) at a time; the first time takes minutes)"
    NINJA_STATUS='[%f/%t, %e s] ' ninja -C "build/$preset" -j "$(build_jobs)" "$@"
}
