import BackupDomain

/// Deletions under conditions.
extension BlobStorageContract {
    static let deletions: [Clause] = [
        Clause("conditions, leases and absence hold a deletion back, each in its own way") { contract in
            let (blobs, container, name) = (contract.blobs, contract.container, "delete/a b:1.apimbackup")
            let old = try await contract.write(name)
            let new = try await contract.write(name)
            try await contract.write("delete/other")
            for condition in [WriteCondition.matches(old), .absent] {
                try await contract.refused(.conflict, "the deletion under \(condition)") {
                    _ = try await blobs.delete(name, in: container, condition: condition)
                }
            }
            let lease = try await blobs.acquireLease(of: name, in: container, seconds: 60)
            try await contract.refused(.conflict, "the deletion of a leased blob") {
                _ = try await blobs.delete(name, in: container, condition: .matches(new))
            }
            try await blobs.releaseLease(lease, of: name, in: container)
            let deletion = try await blobs.delete(name, in: container, condition: .matches(new))
            try contract.require(deletion == .permanent, "\(deletion)")
            let left = try await contract.names("delete/").blobs
            try contract.require(left == ["delete/other"], "\(left)")
            for condition in [WriteCondition.always, .matches(new)] {
                try await contract.refused(.notFound, "the second deletion under \(condition)") {
                    _ = try await blobs.delete(name, in: container, condition: condition)
                }
            }
        },
        Clause("of many who delete a blob at once one does, and what is deleted can be created again") { contract in
            let etag = try await contract.write("race/c")
            let wins = try await contract.winners(of: 8) { _ in
                do {
                    let condition = WriteCondition.matches(etag)
                    _ = try await contract.blobs.delete("race/c", in: contract.container, condition: condition)
                } catch let error as BackupError where error.code == .notFound {
                    throw BackupError(.conflict, "somebody else was first")
                }
            }
            try contract.require(wins == 1, "\(wins) deleted it")
            let again = try await contract.write("race/c", "again", .absent)
            try contract.require(again != etag, "it came back under its old version")
        },
        Clause("a service that keeps nothing of what is deleted says so") { contract in
            let retention = try await contract.blobs.deletedBlobRetention()
            try contract.require(retention == .nothing, "\(retention)")
        },
    ]
}
