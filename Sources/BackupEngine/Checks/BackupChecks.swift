package import BackupDomain
import FoundationEssentials

/// What is known to be wrong before anything is posted: pure rules over what Azure said of the instance.
package enum BackupChecks {
    /// Looks for a reason why this instance cannot be backed up, or nothing can be restored into it.
    ///
    /// - Parameters:
    ///   - instance: The instance as Azure described it.
    ///   - access: How API Management is to reach the storage account.
    ///   - apiVersion: The api-version of the call.
    ///   - kind: What is to be done; a backup by default.
    /// - Returns: The first rule that is broken, with what mends it; nil where none is.
    package static func refusal(
        of instance: Instance,
        access: StorageAccess,
        apiVersion: String,
        for kind: RunKind = .backup
    ) -> BackupError? {
        self.tierRefusal(of: instance) ?? self.identityRefusal(of: instance, access: access, for: kind)
            ?? self.versionRefusal(of: instance, apiVersion: apiVersion)
    }

    /// Looks whether our clock is too far from Azure's.
    ///
    /// - Parameter clock: What an answer of Azure's told; nil where it told nothing.
    /// - Returns: The fault, or nil.
    package static func clockRefusal(_ clock: ClockComparison?) -> BackupError? {
        guard let clock, clock.isOff else { return nil }
        let by = Duration.seconds(abs(clock.ahead)).formattedBriefly
        return BackupError(
            .clockOff,
            "This machine's clock is \(by) \(clock.ahead > 0 ? "ahead of" : "behind") Azure's (\(clock.service.iso8601)): "
                + "backups would be named, dated and judged wrongly.",
            remedy: "Set the clock, best by NTP, and run again."
        )
    }

    private static func tierRefusal(of instance: Instance) -> BackupError? {
        guard !instance.tier.supportsBackup else { return nil }
        return BackupError(
            .tierUnsupported,
            "\(instance.id.name) is of tier \(instance.tier): Azure offers no backup in Consumption and the v2 tiers, "
                + "only in Developer, Basic, Standard and Premium.",
            remedy:
                "Keep its configuration under source control, and have its inventory taken: 'inventoryOnly: true' for it in "
                + "the settings, or --inventory-only."
        )
    }

    private static func identityRefusal(
        of instance: Instance,
        access: StorageAccess,
        for kind: RunKind
    ) -> BackupError? {
        switch access {
        case .systemAssignedManagedIdentity where instance.identity.systemPrincipalID == nil:
            return BackupError(
                .identityMissing,
                "\(instance.id.name) has no system-assigned managed identity, and the backup is to be "
                    + "\(kind == .backup ? "written" : "read") with it.",
                remedy: "Enable it: \(instance.commandEnablingIdentity); then give it "
                    + "'Storage Blob Data Contributor' on the container."
            )
        case .userAssignedManagedIdentity(let clientID)
        where !instance.identity.userAssigned.contains { $0.clientID.lowercased() == clientID.lowercased() }:
            let attached = instance.identity.userAssigned.map(\.clientID).joined(separator: ", ")
            return BackupError(
                .identityMissing,
                "No identity with client id \(clientID) is attached to \(instance.id.name)"
                    + (attached.isEmpty ? "; it has no user-assigned identity." : "; attached are \(attached)."),
                remedy: "Attach the identity to the instance, or name an attached one with --access-client-id."
            )
        default:
            return nil
        }
    }

    private static func versionRefusal(of instance: Instance, apiVersion: String) -> BackupError? {
        // Versions are dates and sort as text; a preview suffix does not matter for the order of two dates.
        guard let minimum = instance.minimumAPIVersion, apiVersion.prefix(10) < minimum.prefix(10) else { return nil }
        return BackupError(
            .apiVersionTooOld,
            "\(instance.id.name) accepts api-versions from \(minimum) only; \(apiVersion) is in use.",
            remedy: "Use --api-version \(minimum) or a newer one."
        )
    }
}
