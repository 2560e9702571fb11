/// A metric of the product: its name, what kind it is, and what it says.
///
/// docs/metrics.md lists them all; alert rules and dashboards use no others.
package enum MetricName: String, Sendable, CaseIterable {
    // Derived from the catalog at the time of the scrape, one series for each instance.
    case lastVerified = "apim_backup_last_verified_timestamp_seconds"
    case expectedInterval = "apim_backup_expected_interval_seconds"
    case maxAge = "apim_backup_max_age_seconds"
    case nextRun = "apim_backup_next_run_timestamp_seconds"
    case restorableUntil = "apim_backup_restorable_until_timestamp_seconds"
    case recoveryPoints = "apim_backup_recovery_points"
    case protected = "apim_backup_protected"
    case lastInventory = "apim_backup_last_inventory_timestamp_seconds"
    case failedRuns = "apim_backup_failed_runs"
    case lastRun = "apim_backup_last_run_timestamp_seconds"
    case lastRunDuration = "apim_backup_last_run_duration_seconds"
    case usualRunDuration = "apim_backup_usual_run_duration_seconds"
    case inFlightAge = "apim_backup_run_in_flight_age_seconds"
    case paused = "apim_backup_paused"
    case lastPassedDrill = "apim_backup_last_passed_drill_timestamp_seconds"
    case drillPassed = "apim_backup_drill_passed"
    case drillMaxAge = "apim_backup_drill_max_age_seconds"
    case recoveryTime = "apim_backup_recovery_time_seconds"
    case doctorFaults = "apim_backup_doctor_faults"
    case doctorWarnings = "apim_backup_doctor_warnings"
    case lastCheckup = "apim_backup_last_checkup_timestamp_seconds"
    // Of the whole, from the catalog and the look-ups of instances.
    case unresolved = "apim_backup_unresolved_instances"
    case openIncidents = "apim_backup_open_incidents"
    case undelivered = "apim_backup_notices_undelivered"
    case channelUp = "apim_backup_channel_up"
    case catalogUp = "apim_backup_catalog_up"
    case catalogAge = "apim_backup_catalog_age_seconds"
    // Of this process.
    case build = "apim_backup_build_info"
    case schedulerTickAge = "apim_backup_scheduler_tick_age_seconds"
    case noticesSent = "apim_backup_notices_sent_total"
    case noticesFailed = "apim_backup_notices_failed_total"
    case throttleWaits = "apim_backup_throttle_waits_total"
    case throttleWaitSeconds = "apim_backup_throttle_wait_seconds_total"
    case runsEnded = "apim_backup_runs_ended_total"

    /// What kind of metric it is.
    package var kind: MetricFamily.Kind { self.rawValue.hasSuffix("_total") ? .counter : .gauge }

    /// What it says, in a sentence.
    package var help: String {
        switch self {
        case .lastVerified: "When the newest good backup was created, by the blob service's clock."
        case .expectedInterval:
            "The longest that two backups may be apart: the schedule's longest interval, or the maximum age."
        case .maxAge:
            "The oldest that the newest good backup may be: what the settings say, else what the schedule does."
        case .nextRun: "The next time of the schedule."
        case .restorableUntil: "Until when Azure restores the newest good backup, adopted ones included."
        case .recoveryPoints: "How many good backups Azure restores now, adopted ones included."
        case .protected:
            "1 where apim-backup status says protected, else 0; absent where only inventories are taken."
        case .lastInventory: "When the newest run ended that took an inventory."
        case .failedRuns:
            "How many of the newest runs, in a row, did not end verified, or inventoried where only inventories are taken."
        case .lastRun: "When the newest run that has an end ended."
        case .lastRunDuration: "How long the newest verified run took."
        case .usualRunDuration: "The median duration of the last ten verified runs."
        case .inFlightAge: "How long the oldest run without an end has been under way; 0 where there is none."
        case .paused: "1 while the schedule is paused, else 0."
        case .lastPassedDrill: "When the last passed drill ended, where drills are scheduled."
        case .drillPassed: "1 where the newest drill passed, else 0, where drills are scheduled."
        case .drillMaxAge: "The oldest that the last passed drill may be, where drills are scheduled."
        case .recoveryTime: "How long the last passed drill took to restore a backup: the measured recovery time."
        case .doctorFaults: "How many checks of the doctor stand at fault, as far as they could be looked at."
        case .doctorWarnings: "How many checks of the doctor stand at a warning, as far as they could be looked at."
        case .lastCheckup: "When the doctor last looked at the instance by itself."
        case .unresolved: "How many instances of the settings no run can begin of, such as one that is not found."
        case .openIncidents: "How many incidents of a kind are open."
        case .undelivered: "How many notices wait to be sent on a channel."
        case .channelUp: "0 while a channel refuses what is sent to it, else 1."
        case .catalogUp: "1 where the catalog of an account could be read at the last attempt, else 0."
        case .catalogAge: "How long ago the catalog was read."
        case .build: "1, with the version of the program."
        case .schedulerTickAge: "How long ago the scheduler last looked what is due."
        case .noticesSent: "Notices that a channel took, since the process began."
        case .noticesFailed: "Attempts to send a notice that failed, since the process began."
        case .throttleWaits: "Calls that waited because Azure throttled them, since the process began."
        case .throttleWaitSeconds: "How long calls waited because Azure throttled them, since the process began."
        case .runsEnded: "Runs that ended in this process, by their outcome."
        }
    }
}
