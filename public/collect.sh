#!/bin/sh
# Saves what Azure prints of its Redis caches into a folder, for `dr-planner import FOLDER/*.json`.
#
#   sh collect.sh [FOLDER]              all enabled subscriptions into FOLDER (default: estate)
#   SUBSCRIPTIONS="id id" sh collect.sh  only these
#   DAYS=30 sh collect.sh                so many days of metrics (at most 93)
#
# It needs az (signed in) and the extension redisenterprise. Every command lists or shows; none changes anything and none prints
# keys. Reader on the subscriptions is enough for all of it; Monitoring Reader gives the metrics where Reader is missing.
# Exit code: 0 everything is saved; 1 nothing can be asked; 3 some answers are missing, each named on standard error.

set -u

folder=${1:-estate}
days=${DAYS:-30}
failed=0

say() {
    printf '%s\n' "$*" >&2
}

# save FILE COMMAND…: the command's answer into FOLDER/FILE.json; what fails leaves no file.
# Variables of a function are the script's: none has the name of one in the loops below.
save() {
    file=$(printf '%s' "$1" | tr -c 'A-Za-z0-9._-' '_')
    shift
    if "$@" </dev/null >"$folder/$file.part" 2>"$folder/$file.err"; then
        mv "$folder/$file.part" "$folder/$file.json"
        rm -f "$folder/$file.err"
    else
        failed=$((failed + 1))
        say "Not saved: $file. $(tail -n 1 "$folder/$file.err")"
        rm -f "$folder/$file.part" "$folder/$file.err"
    fi
}

# unlisted COMMAND: the caches whose metrics are to be asked are not known.
unlisted() {
    failed=$((failed + 1))
    say "Not saved: the metrics of $subscription. $1 failed."
    : >"$rows"
}

# metrics FILE ID METRICS [OPTION…]: a month of metrics of one cache by the hour.
metrics() {
    to=$1
    of=$2
    list=$3
    shift 3
    # shellcheck disable=SC2086 # the list is several names
    save "$to" az monitor metrics list --resource "$of" --metrics $list \
        --aggregation Average Maximum Minimum Total --interval PT1H --offset "${days}d" "$@" -o json
}

command -v az >/dev/null || {
    say "az is not installed: https://learn.microsoft.com/cli/azure/install-azure-cli"
    exit 1
}
subscriptions=${SUBSCRIPTIONS:-$(az account list --query "[?state=='Enabled'].id" -o tsv </dev/null)}
if [ -z "$subscriptions" ]; then
    say "No subscription: sign in with az login, or name some in SUBSCRIPTIONS."
    exit 1
fi
mkdir -p "$folder" || exit 1
rows=$folder/.rows

load='usedmemory usedmemorypercentage setcommands getcommands expiredkeys evictedkeys connectedclients cacheWrite serverLoad'
geo='GeoReplicationConnectivityLag GeoReplicationDataSyncOffset GeoReplicationHealthy GeoReplicationFullSyncEventStarted'
geo="$geo GeoReplicationFullSyncEventFinished"
cluster='usedmemory usedmemorypercentage setcommands getcommands expiredkeys evictedkeys serverLoad geoReplicationHealthy'
# Of a cluster these are measured by instance: without the split az prints the greatest instance alone.
instances='connectedclients cacheWrite'

for subscription in $subscriptions; do
    say "Subscription $subscription"
    save "redis-$subscription" az redis list --subscription "$subscription" -o json
    save "redisenterprise-$subscription" az redisenterprise list --subscription "$subscription" -o json
    save "endpoints-$subscription" az network private-endpoint list --subscription "$subscription" -o json
    save "alerts-$subscription" az monitor metrics alert list --subscription "$subscription" -o json

    # shellcheck disable=SC2016 # literals of JMESPath
    az redis list --subscription "$subscription" -o tsv \
        --query '[].[id, name, resourceGroup, shardCount || `1`, length(linkedServers || `[]`)]' </dev/null >"$rows" ||
        unlisted "az redis list"
    while read -r id name group shards links; do
        [ -n "$id" ] || continue
        if [ "$shards" -gt 1 ]; then
            metrics "metrics-$subscription-$group-$name" "$id" "$load" --dimension ShardId --top 30
        else
            metrics "metrics-$subscription-$group-$name" "$id" "$load"
        fi
        if [ "$links" -gt 0 ]; then
            save "links-$subscription-$group-$name" \
                az redis server-link list --name "$name" --resource-group "$group" --subscription "$subscription" -o json
            metrics "geo-$subscription-$group-$name" "$id" "$geo"
        fi
    done <"$rows"

    az redisenterprise list --subscription "$subscription" -o tsv --query '[].[id, name, resourceGroup]' </dev/null >"$rows" ||
        unlisted "az redisenterprise list"
    while read -r id name group; do
        [ -n "$id" ] || continue
        metrics "metrics-$subscription-$group-$name" "$id" "$cluster"
        metrics "instances-$subscription-$group-$name" "$id" "$instances" --dimension InstanceId --top 100
    done <"$rows"
done
rm -f "$rows"

say "Saved in $folder. Next: dr-planner import \"$folder\"/*.json"
[ "$failed" -eq 0 ] || exit 3
