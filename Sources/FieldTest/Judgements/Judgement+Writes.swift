import BackupDomain
import FoundationEssentials

/// Writes of the blob service: conditions, leases, deletions.
extension Judgement {
    static let ofWrites: [Judgement] = [
        .each(
            "create-once",
            "creations of a blob that is there",
            { evidence in
                evidence.blobs.filter {
                    $0.method == "PUT" && $0.sent["if-none-match"] == "*" && ![201, 403].contains($0.status)
                }
            },
            { write in
                write.status == 409 && write.errorCode == "BlobAlreadyExists"
                    ? nil : "It was answered \(write.status ?? 0) \(write.errorCode ?? "")."
            }
        ),
        .each(
            "replace-by-etag",
            "writes over a blob that has another ETag",
            { evidence in
                evidence.staleCalls.filter { $0.method == "PUT" }
            },
            { $0.status == 412 ? nil : "It was answered \($0.status ?? 0)." }
        ),
        .each(
            "delete-by-etag",
            "deletions of a blob that has another ETag",
            { evidence in evidence.staleCalls.filter { $0.method == "DELETE" } },
            { $0.status == 412 ? nil : "It was answered \($0.status ?? 0)." }
        ),
        .each(
            "deletion-type",
            "deletions",
            { $0.blobs.filter { $0.method == "DELETE" && $0.status == 202 } },
            {
                $0.received["x-ms-delete-type-permanent"] == nil
                    ? "The answer does not say what became of the bytes." : nil
            }
        ),
        Judgement("deletion-of-versioned-blob") { evidence in
            let versioned = Set(evidence.writes.filter { $0.received["x-ms-version-id"] != nil }.map(\.address))
            let deleted = evidence.blobs.filter {
                $0.method == "DELETE" && $0.status == 202 && versioned.contains($0.address)
            }
            return .each("deletions in an account that keeps versions", deleted) { deletion in
                switch deletion.received["x-ms-delete-type-permanent"] {
                case "false": nil
                case nil: "unsaid: the header is not there."
                default: "permanent: the bytes are said to be gone."
                }
            }
        },
        Judgement("blobs-are-consistent") { evidence in
            let reads = evidence.blobs.compactMap { read -> (Exchange, Exchange)? in
                guard read.step == Probe.step, read.method == "HEAD", read.status != nil else { return nil }
                let earlier = evidence.blobs.last {
                    $0.step == Probe.step && $0.address == read.address && $0.isSuccess && read.isAfter($0)
                        && ["PUT", "DELETE"].contains($0.method) && $0.parameter("comp") == nil
                }
                return earlier.map { (read, $0) }
            }
            guard !reads.isEmpty else { return .notSeen("No blob was written, deleted and looked at.") }
            for (read, earlier) in reads {
                let isSeen =
                    earlier.method == "DELETE"
                    ? read.status == 404 : read.status == 200 && read.received["etag"] == earlier.received["etag"]
                if !isSeen { return .contradicted("It does not show what exchange \(earlier.number) did.", read) }
            }
            return .confirmed("So each time; looks after a change: \(reads.count).", reads.map(\.0))
        },
        Judgement("creation-time-of-overwritten-blob") { evidence in
            let looks = evidence.blobs.filter {
                $0.step == Probe.step && $0.method == "HEAD" && $0.status == 200 && $0.parameter("restype") == nil
            }
            guard let first = looks.first,
                let later = looks.first(where: {
                    $0.address == first.address && $0.received["last-modified"] != first.received["last-modified"]
                })
            else { return .notSeen("No blob was written over and looked at.") }
            return later.received["x-ms-creation-time"] == first.received["x-ms-creation-time"]
                ? .confirmed("It kept it.", [first, later])
                : .contradicted("renewed: it has the time of the new content.", later)
        },
        Judgement("leases") { evidence in
            let calls = evidence.blobs.filter { $0.step == Probe.step && $0.sent["x-ms-lease-action"] != nil }
            guard let first = calls.first, let last = calls.last else { return .notSeen("No lease was taken.") }
            // Of one that had run out, what followed tells nothing.
            let end = last.sentAt.addingTimeInterval(Double(last.milliseconds) / 1000)
            guard end.timeIntervalSince(first.sentAt) < Double(Probe.lease) else {
                return .notSeen("The lease ran out in between.")
            }
            let expected = ["acquire": [201, 409], "renew": [200], "release": [200]]
            for call in calls where expected[call.sent["x-ms-lease-action"] ?? ""]?.contains(call.status ?? 0) == false
            {
                return .contradicted("It was answered \(call.status ?? 0) \(call.errorCode ?? "").", call)
            }
            let statuses = calls.filter { $0.sent["x-ms-lease-action"] == "acquire" }.compactMap(\.status)
            return statuses.prefix(2) == [201, 409]
                ? .confirmed("One had it, another was answered 409, and it was given back.", calls)
                : .notSeen("Nobody else asked for a lease while it was held.")
        },
    ]
}

extension Evidence {
    /// The probe's calls on the condition of an ETag that is not the blob's any more.
    fileprivate var staleCalls: [Exchange] {
        self.blobs.filter { call in
            guard call.step == Probe.step, let condition = call.sent["if-match"] else { return false }
            let newest = self.writes.last { $0.address == call.address && call.isAfter($0) }
            return newest.map { $0.received["etag"] != condition } ?? false
        }
    }
}
