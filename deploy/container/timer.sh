#!/bin/sh
# What the systemd timers do. Each says on its own what went wrong; the next quarter of an hour tries again.
set -u
while :; do
    deploy/timed due || true
    if [ "$(date +%H)" = 02 ] && [ "$(date +%F)" != "${verified:-}" ]; then
        verified=$(date +%F)
        deploy/timed nightly || true
    fi
    sleep 900
done
