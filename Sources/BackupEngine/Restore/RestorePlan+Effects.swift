import BackupDomain
import FoundationEssentials

/// What a person should know before saying yes.
extension RestorePlan {
    /// What the restore does to the target, a sentence each.
    ///
    /// Source: <https://learn.microsoft.com/azure/api-management/api-management-howto-disaster-recovery-backup-restore>
    package var effects: [String] {
        let (name, source) = (self.target.id.name, self.source.name)
        var effects = [
            "Everything that \(name) holds is overwritten: APIs, products, policies, named values, users, groups, subscriptions "
                + "and their keys."
        ]
        effects.append(
            self.isInPlace
                ? "What was changed since \(self.choice.point.createdAt.iso8601) is lost, new users and subscriptions too."
                : "Users, subscriptions, keys and named values of \(source) land in \(name)."
        )
        if self.target.tier.name.lowercased() == "developer" {
            effects.append("The gateway of \(name) is down meanwhile: an instance of tier Developer has one unit only.")
        }
        effects.append("What is changed in \(name) while the restore runs may be overwritten: change nothing.")
        effects.append("Its hostnames, certificates, network, identities and tier stay as they are.")
        return effects
    }

    /// What does not forbid the restore and should be known all the same.
    package var warnings: [String] {
        var warnings: [String] = []
        let point = self.choice.point
        if self.source.instance == nil {
            warnings.append("No record of ours names this backup, so its tier is not known: Azure refuses another one.")
        }
        if self.wishes.allowsUnverified, !point.isGood(at: self.at), !point.isOutOfReach(at: self.at) {
            warnings.append("This backup is not verified: the restore may fail, or bring back something else.")
        }
        if !self.choice.passedOver.isEmpty {
            let names = self.choice.passedOver.prefix(3).map { point in
                let state = point.isOutOfReach(at: self.at) ? "in the tier Archive" : point.condition.rawValue
                let why = point.beforeRestoreOf.map { "made before a restore of \($0)" } ?? state
                return "\(point.name) (\(why))"
            }
            let count = self.choice.passedOver.count
            warnings.append(
                "\(count) newer \(count == 1 ? "one was" : "ones were") passed over: \(names.joined(separator: ", "))."
            )
        }
        if self.target.provisioningState.lowercased() == "failed" {
            warnings.append("The last operation on \(self.target.id.name) failed; it may refuse a restore too.")
        }
        if case .unknown(let reason) = self.reach {
            warnings.append("Whether the target's identity may read the backup could not be looked at: \(reason)")
        }
        if self.wishes.wantsSafetyBackup, let obstacle = self.safetyObstacle {
            warnings.append("\(self.target.id.name) is not backed up first: \(obstacle)")
        }
        if !self.wishes.wantsSafetyBackup {
            warnings.append("\(self.target.id.name) is not backed up first: what it holds now cannot be brought back.")
        }
        return warnings
    }

    /// How long it takes, as far as anybody can tell.
    ///
    /// Source: the documentation of 2020 has "up to 30 or more minutes"; a recorded session of 2023 took hours.
    package var expectedTime: String {
        let restore =
            self.usualDuration.map { "about \($0.formattedBriefly), as earlier restores into it" }
            ?? "30 minutes or more; hours have been seen"
        return self.makesSafetyBackup ? "\(restore); the safety backup before it some 10 minutes" : restore
    }
}
