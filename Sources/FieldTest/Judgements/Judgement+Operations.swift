import BackupDomain
import FoundationEssentials

/// What is read of an operation, and of the instance meanwhile.
extension Judgement {
    static let ofOperations: [Judgement] = [
        Judgement("running-is-202") { evidence in
            let running = evidence.submissions.flatMap { submission in submission.running.map { (submission, $0) } }
            guard !running.isEmpty else { return .notSeen("No operation was read while it ran.") }
            for (submission, poll) in running where poll.received["location"] != submission.post.received["location"] {
                return .contradicted("The Location is another one, or missing.", poll)
            }
            return .confirmed("So each time; reads of running operations: \(running.count).", running.map(\.1))
        },
        Judgement("done-is-200") { evidence in
            let ended = evidence.backups.filter { $0.end?.status == 200 }
            guard !ended.isEmpty else { return .notSeen("No read told that a backup was done.") }
            for backup in ended {
                guard let end = backup.end else { continue }
                if end.receivedBody?["properties"]?["provisioningState"]?.string?.lowercased() != "succeeded" {
                    return .contradicted("200 came without an instance whose state is Succeeded.", end)
                }
                let looks = evidence.blobs.filter { backup.isOfBlob($0) && $0.isAfter(end) && $0.method == "HEAD" }
                guard let look = looks.first else { return .notSeen("The blob was not looked at after the end.") }
                if look.status != 200 { return .contradicted("The blob was not there: \(look.status ?? 0).", look) }
            }
            return .confirmed("200 with the instance came, and the blob was there.", ended.compactMap(\.end))
        },
        Judgement("takes-hours") { evidence in
            let longest = evidence.submissions.compactMap { submission in
                submission.end.map { ($0.sentAt.timeIntervalSince(submission.post.sentAt), $0) }
            }.max { $0.0 < $1.0 }
            guard let longest else { return .notSeen("No operation was followed to its end.") }
            let minutes = Int(longest.0 / 60)
            return minutes >= 60
                ? .confirmed("An operation took \(minutes) minutes.", [longest.1])
                : .notSeen("The longest operation took \(minutes) minutes.")
        },
        Judgement("state-during-backup") { evidence in
            let seen = evidence.backups.flatMap { backup in
                evidence.instances.filter { $0.address == backup.post.parentAddress && backup.covers($0) }
            }
            return .each("reads of the instance while a backup ran", seen) { read in
                let state = read.receivedBody?["properties"]?["provisioningState"]?.string ?? "missing"
                return state.lowercased() == "updating" ? nil : "unchanged: the state was \(state)."
            }
        },
        Judgement("failed-backup-answer") { evidence in
            guard let end = evidence.failedEnds.first else { return .notSeen("No backup failed while it ran.") }
            return end.status == 400 && end.errorCode != nil
                ? .confirmed("It was told by 400 with an error.", [end])
                : .contradicted("It was told by \(end.status ?? 0) \(end.errorCode ?? "without an error").", end)
        },
        Judgement("failed-backup-code") { evidence in
            guard let end = evidence.failedEnds.first(where: { $0.errorCode != nil }) else {
                return .notSeen("No backup failed while it ran.")
            }
            return end.errorCode == "BackupFailed"
                ? .confirmed("The code was BackupFailed.", [end])
                : .contradicted("The code was \(end.errorCode ?? "").", end)
        },
        Judgement("operation-url-lifetime") { evidence in
            if let forgotten = evidence.submissions.flatMap(\.forgotten).first {
                return .contradicted("none: after the end it was answered \(forgotten.status ?? 0).", forgotten)
            }
            let later = evidence.submissions.flatMap(\.later).filter { $0.status == 200 }
            return later.isEmpty
                ? .notSeen("No operation was read after its end.")
                : .confirmed("It was read once more after the end.", later)
        },
        Judgement("forgotten-operation") { evidence in
            let forgotten = evidence.submissions.flatMap(\.forgotten)
            return .each("answers for operations that were forgotten", forgotten) { read in
                read.status == 404 ? nil : "It was answered \(read.status ?? 0)."
            }
        },
        Judgement("right-to-read-operation") { evidence in
            let refused = evidence.submissions.flatMap { submission in
                submission.polls.filter { poll in
                    poll.status == 403 && submission.end.map { $0.number >= poll.number } ?? true
                }
            }
            guard !refused.isEmpty else { return .notSeen("This caller may read operations.") }
            return .confirmed("Who could start the operation was answered 403 when reading it.", refused)
        },
    ]
}

extension Evidence {
    /// The reads that told that a backup failed while it ran.
    fileprivate var failedEnds: [Exchange] {
        self.backups.compactMap(\.end).filter { end in
            guard let status = end.status else { return false }
            let state =
                end.receivedBody?["properties"]?["provisioningState"]?.string ?? end.receivedBody?["status"]?.string
            return status >= 400 || state?.lowercased() == "failed"
        }
    }
}
