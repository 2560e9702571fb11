package import BackupDomain
import FoundationEssentials

/// What forbids a restore.
extension RestorePlan {
    /// The states in which Azure takes a restore; the service is whole or its last operation failed.
    private static let usableStates: Set<String> = ["succeeded", "failed", "updating", "activating"]

    /// Every rule that is broken, with what mends it; none where the restore may be made.
    package var refusals: [BackupError] {
        [
            self.blobRefusal, self.expiryRefusal, self.archiveRefusal, self.proofRefusal, self.placeRefusal,
            self.tierRefusal, self.stateRefusal,
            BackupChecks.refusal(of: self.target, access: self.access, apiVersion: self.apiVersion, for: .restore),
            self.reachRefusal,
        ].compactMap(\.self)
    }

    private var blobRefusal: BackupError? {
        let point = self.choice.point
        switch point.condition {
        case .inFlight:
            return BackupError(
                .backupUnverified,
                "The backup '\(point.name)' is being made.",
                remedy: "Wait for its end: apim-backup resume \(self.source.name)."
            )
        case .failed:
            return BackupError(
                .backupUnverified,
                "The run that made '\(point.name)' failed: what lies there is no backup.",
                remedy: "Choose another one; 'apim-backup list' shows them."
            )
        case .deleted, .vanished:
            let reason = point.condition == .deleted ? "prune has deleted it" : "it has vanished"
            return BackupError(
                .backupMissing,
                "The backup '\(point.name)' is not there any more: \(reason).",
                remedy:
                    "Choose another one. Where the account keeps deleted blobs, it may be undeleted: az storage blob undelete "
                    + "--auth-mode login --account-name \(self.source.account) --container-name \(point.container) "
                    + "--name '\(point.name)'."
            )
        case .proven, .unproven, .changed: return nil
        }
    }

    private var expiryRefusal: BackupError? {
        let point = self.choice.point
        guard point.restorableUntil <= self.at else { return nil }
        return BackupError(
            .backupExpired,
            "The backup '\(point.name)' was made \(point.createdAt.iso8601), and Azure restores a backup for 30 days: until "
                + "\(point.restorableUntil.iso8601).",
            remedy: "Choose a younger one; 'apim-backup list' shows them. Nothing brings an expired one back."
        )
    }

    private var archiveRefusal: BackupError? {
        let point = self.choice.point
        guard point.isOutOfReach(at: self.at) else { return nil }
        return BackupError(
            .backupArchived,
            "The backup '\(point.name)' lies in the tier Archive, from which Azure reads nothing.",
            remedy: "Bring it back first, which takes hours: az storage blob set-tier --auth-mode login --account-name "
                + "\(self.source.account) --container-name \(point.container) --name '\(point.name)' --tier Hot."
        )
    }

    private var proofRefusal: BackupError? {
        let point = self.choice.point
        guard !self.wishes.allowsUnverified else { return nil }
        let isCounted = point.isGood(at: self.at) || point.isOutOfReach(at: self.at)
        let reason: String
        switch point.condition {
        case .changed: reason = "it has been written again since its run has seen it"
        case .unproven: reason = "nothing has proven that it is whole"
        case .proven where point.isAdopted && !isCounted && point.restorableUntil > self.at:
            reason = "its name does not tell for sure whose it is"
        case .proven, .inFlight, .failed, .deleted, .vanished: return nil
        }
        return BackupError(
            .backupUnverified,
            "The backup '\(point.name)' is not verified: \(reason).",
            remedy: "Choose a verified one, let 'apim-backup verify' look at it, or take it as it is with --unverified."
        )
    }

    private var placeRefusal: BackupError? {
        guard self.isInPlace, !self.wishes.isInPlace else { return nil }
        let age = Duration.seconds(self.at.timeIntervalSince(self.choice.point.createdAt).rounded()).formattedBriefly
        return BackupError(
            .sameInstance,
            "\(self.target.id.name) is the instance that the backup comes from: all that was changed there in the \(age) since "
                + "would be lost.",
            remedy:
                "Say --in-place where that is meant, or restore into another instance of the same tier first (--to), and look."
        )
    }

    private var tierRefusal: BackupError? {
        guard let source = self.source.instance, source.tier.name.lowercased() != self.target.tier.name.lowercased()
        else {
            return nil
        }
        return BackupError(
            .tierMismatch,
            "The backup is of tier \(source.tier), and \(self.target.id.name) is of tier \(self.target.tier): Azure restores "
                + "into the same tier only.",
            remedy: "Choose an instance of tier \(source.tier), or make one."
        )
    }

    private var reachRefusal: BackupError? {
        guard case .denied(let command) = self.reach else { return nil }
        return BackupError(
            .permissionDenied,
            "The identity of \(self.target.id.name) by which API Management is to read the backup may not read blobs in "
                + "\(self.source.account)/\(self.choice.point.container).",
            remedy: "Give it the role, and wait some minutes until that counts: \(command)"
        )
    }

    private var stateRefusal: BackupError? {
        let name = self.target.id.name
        guard Self.usableStates.contains(self.target.provisioningState.lowercased()) else {
            return BackupError(
                .instanceUnusable,
                "\(name) is in the state \(self.target.provisioningState), in which nothing is restored into it.",
                remedy: "Bring it back to Succeeded first: \(self.target.id.showCommand) tells its state."
            )
        }
        guard self.target.isBusy, !self.wishes.waitsForBusy else { return nil }
        return BackupError(
            .busy,
            "Another operation holds \(name): it is in the state \(self.target.provisioningState).",
            remedy: "Try again when it is done, or wait for it with --wait-busy."
        )
    }
}
