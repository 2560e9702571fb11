import BackupDomain

/// The blob of a backup.
extension Judgement {
    static let ofBackupBlobs: [Judgement] = [
        Judgement("backup-name-is-blob-name") { evidence in
            let looks = evidence.backups.compactMap { backup -> Exchange? in
                guard let end = backup.end, end.status == 200 else { return nil }
                return evidence.blobs.first { backup.isOfBlob($0) && $0.isAfter(end) && $0.method == "HEAD" }
            }
            return .each("looks at the blob of a backup that was done", looks) { look in
                look.status == 200 ? nil : "There is no blob of the name that the POST gave."
            }
        },
        Judgement("blob-while-running") { evidence in
            let looks = evidence.backups.flatMap { backup in
                evidence.blobs.filter { backup.isOfBlob($0) && $0.method == "HEAD" && backup.covers($0) }
            }
            return .each("looks for the blob while a backup ran", looks) { look in
                guard look.status == 200 else { return nil }
                let length = look.received["content-length"] ?? "?"
                return length == "0"
                    ? "empty: an empty blob was there." : "partial: a blob of \(length) bytes was there."
            }
        },
        Judgement("role-at-container") { evidence in
            let lists = evidence.management.filter { exchange in
                exchange.status == 200 && exchange.lastSegment == "roleAssignments"
            }
            guard let list = lists.last, let assignments = list.receivedBody?["value"]?.array else {
                return .notSeen("The roles of the instance's identity were not listed.")
            }
            let scopes = assignments.compactMap { $0["properties"]?["scope"]?.string }
            let isAtContainer = scopes.allSatisfy { $0.lowercased().contains("/containers/") }
            guard !scopes.isEmpty, isAtContainer, scopes.count == assignments.count else {
                return .notSeen("The instance's identity has a role on the account or above it.")
            }
            guard let end = evidence.backups.compactMap(\.end).first else {
                return .notSeen("No end of a backup was read.")
            }
            return end.status == 200
                ? .confirmed("Roles on the container only were enough.", [list, end])
                : .contradicted("With roles on the container only, the backup failed.", end)
        },
        Judgement("system-identity-through-firewall") { evidence in
            guard let account = evidence.reads(of: "storageaccounts").last else {
                return .notSeen("The account's firewall was not read.")
            }
            let rules = account.receivedBody?["properties"]?["networkAcls"]
            guard rules?["defaultAction"]?.string == "Deny" else {
                return .notSeen("The account's firewall lets everybody in.")
            }
            let asItself = evidence.backups.filter {
                $0.post.sentBody?["accessType"]?.string == "SystemAssignedManagedIdentity"
            }
            guard rules?["bypass"]?.string?.contains("AzureServices") == true,
                let end = asItself.compactMap(\.end).first
            else { return .notSeen("No backup was made with the system-assigned identity through trusted services.") }
            return end.status == 200
                ? .confirmed("The backup came through the firewall.", [account, end])
                : .contradicted("The backup did not come through the firewall.", end)
        },
        Judgement("clocks-of-azure") { evidence in
            guard let managers = ClockOffset(evidence.management), let blobs = ClockOffset(evidence.blobs),
                let first = evidence.blobs.first
            else { return .notSeen("The two clocks could not be read closely enough.") }
            let apart = managers.distance(to: blobs)
            return apart < 1
                ? .confirmed("Nothing sets them a second apart.", [first])
                : .contradicted("They are at least \(Int(apart)) seconds apart.", first)
        },
    ]
}
