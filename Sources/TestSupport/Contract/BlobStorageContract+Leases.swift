import BackupDomain

/// Leases: taken, renewed, given back, broken, run out.
extension BlobStorageContract {
    static let leases: [Clause] = [
        Clause("a lease is one holder's, keeps others from writing, and can be given back") { contract in
            let (blobs, container) = (contract.blobs, contract.container)
            try await contract.write("lease/a")
            let lease = try await blobs.acquireLease(of: "lease/a", in: container, seconds: 60)
            try contract.require(try await contract.properties("lease/a")?.isLeased == true, "a look does not show it")
            let listed = try await blobs.list(container, prefix: "lease/a", delimiter: nil, marker: nil).blobs.first
            try contract.require(listed?.isLeased == true, "a listing does not show it")
            try await contract.refused(.conflict, "a second holder") {
                _ = try await blobs.acquireLease(of: "lease/a", in: container, seconds: 60)
            }
            try await contract.refused(.conflict, "a write without the lease") {
                try await contract.write("lease/a", "x")
            }
            try contract.require(try await contract.text("lease/a") == "content", "the write took effect")
            try await blobs.renewLease(lease, of: "lease/a", in: container)
            try await blobs.releaseLease(lease, of: "lease/a", in: container)
            try contract.require(try await contract.properties("lease/a")?.isLeased == false, "it is held on")
            try await contract.write("lease/a", "x")
            let next = try await blobs.acquireLease(of: "lease/a", in: container, seconds: 60)
            try await contract.refused(.conflict, "the renewal of a lease that was given back") {
                try await blobs.renewLease(lease, of: "lease/a", in: container)
            }
            // Giving back what is lost is no error, and takes nothing from who has it now.
            try await blobs.releaseLease(lease, of: "lease/a", in: container)
            try await blobs.renewLease(next, of: "lease/a", in: container)
        },
        Clause("of many who want a lease at once one gets it") { contract in
            try await contract.write("lease/race")
            let wins = try await contract.winners(of: 8) { _ in
                _ = try await contract.blobs.acquireLease(of: "lease/race", in: contract.container, seconds: 60)
            }
            try contract.require(wins == 1, "\(wins) hold it")
        },
        Clause("a lease ends by itself unless it is renewed") { contract in
            let (blobs, container) = (contract.blobs, contract.container)
            try await contract.write("lease/b")
            let lease = try await blobs.acquireLease(of: "lease/b", in: container, seconds: 30)
            try await contract.pass(.seconds(20))
            try await blobs.renewLease(lease, of: "lease/b", in: container)
            try await contract.pass(.seconds(20))
            try await contract.refused(.conflict, "a second holder of a lease that was renewed") {
                _ = try await blobs.acquireLease(of: "lease/b", in: container, seconds: 30)
            }
            try await contract.pass(.seconds(40))
            try contract.require(try await contract.properties("lease/b")?.isLeased == false, "it did not end")
            // It ended, but nobody has taken it: whoever held it may go on.
            try await blobs.renewLease(lease, of: "lease/b", in: container)
            try await contract.pass(.seconds(60))
            _ = try await blobs.acquireLease(of: "lease/b", in: container, seconds: 30)
            try await contract.refused(.conflict, "the renewal of a lease that somebody else has now") {
                try await blobs.renewLease(lease, of: "lease/b", in: container)
            }
        },
        Clause("a lease can be broken by anybody, at once") { contract in
            let (blobs, container) = (contract.blobs, contract.container)
            try await contract.write("lease/c")
            let lease = try await blobs.acquireLease(of: "lease/c", in: container, seconds: 60)
            try await blobs.breakLease(of: "lease/c", in: container)
            try await contract.refused(.conflict, "the renewal of a broken lease") {
                try await blobs.renewLease(lease, of: "lease/c", in: container)
            }
            _ = try await blobs.acquireLease(of: "lease/c", in: container, seconds: 60)
        },
        Clause("there is nothing to break where there is no lease, and nothing to take where there is no blob") {
            contract in
            let (blobs, container) = (contract.blobs, contract.container)
            try await contract.write("lease/d")
            try await blobs.breakLease(of: "lease/d", in: container)
            try await blobs.breakLease(of: "lease/none", in: container)
            try await blobs.releaseLease(
                LeaseID("11111111-2222-3333-4444-555555555555"),
                of: "lease/none",
                in: container
            )
            try await contract.refused(.notFound, "the lease of a blob that is not there") {
                _ = try await blobs.acquireLease(of: "lease/none", in: container, seconds: 60)
            }
            try await contract.refused(.conflict, "the renewal of a lease that never was") {
                let lease = LeaseID("11111111-2222-3333-4444-555555555555")
                try await blobs.renewLease(lease, of: "lease/d", in: container)
            }
        },
    ]
}
