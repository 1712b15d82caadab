#!/bin/sh
# What the systemd timers do. Each says on its own what went wrong; the next quarter of an hour tries again.
set -u
while :; do
    python manage.py checkpoint --due || true
    python manage.py mail_checkpoints || true
    python manage.py send_reminders || true
    if [ "$(date +%H)" = 02 ] && [ "$(date +%F)" != "${verified:-}" ]; then
        verified=$(date +%F)
        python manage.py clear_old || true
        python manage.py verify_ledger --enter || true
    fi
    sleep 900
done
