import BackupDomain

/// What a restore leaves alone.
extension Judgement {
    static let ofRestores: [Judgement] = [
        Judgement("not-in-backup") { evidence in
            let restores = evidence.submissions.filter { $0.isRestore && $0.end?.status == 200 }
            guard let restore = restores.first, let end = restore.end else { return .notSeen("Nothing was restored.") }
            let reads = evidence.instances.filter { $0.address == restore.post.parentAddress }
            guard let before = reads.last(where: { restore.post.isAfter($0) }),
                let after = reads.first(where: { $0.isAfter(end) })
            else { return .notSeen("The target was not read before and after the restore.") }
            for member in ["identity", "sku", "zones"] where before.receivedBody?[member] != after.receivedBody?[member]
            {
                return .contradicted("The target's \(member) is another one than before.", after)
            }
            let kept = ["hostnameConfigurations", "virtualNetworkType", "customProperties", "publicNetworkAccess"]
            for member in kept
            where before.receivedBody?["properties"]?[member] != after.receivedBody?["properties"]?[member] {
                return .contradicted("The target's \(member) is another one than before.", after)
            }
            return .confirmed(
                "Hostnames, network, identities, protocols and ciphers are as before; nobody looked at the developer portal.",
                [before, after]
            )
        }
    ]
}
