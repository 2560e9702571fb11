import BackupDomain

/// A backup or a restore that Azure accepted, with all that was asked of its operation.
struct Submission: Sendable {
    /// The POST.
    var post: Exchange
    /// The reads of the operation, oldest first.
    var polls: [Exchange]

    /// Whether it is a restore.
    var isRestore: Bool { self.post.lastSegment.lowercased() == "restore" }

    /// The reads that said that it runs.
    var running: [Exchange] { self.polls.filter { $0.status == 202 } }

    /// The first read that said something else than that it runs; nil where none did.
    private var last: Exchange? {
        let running = self.running.last
        return self.polls.first { poll in
            guard let status = poll.status, ![202, 401, 408, 429].contains(status), status < 500 else { return false }
            return running.map { poll.number > $0.number } ?? true
        }
    }

    /// The read that told the end; nil where none did.
    var end: Exchange? { self.last.flatMap { $0.isForgetful || $0.status == 403 ? nil : $0 } }

    /// The reads of an operation that Azure had forgotten.
    var forgotten: [Exchange] {
        guard let last = self.last else { return [] }
        return self.polls.filter { $0.number >= last.number && $0.isForgetful }
    }

    /// The reads after the end that Azure answered.
    var later: [Exchange] {
        guard let end = self.end else { return [] }
        return self.polls.filter { $0.isAfter(end) && $0.status != nil && !$0.isForgetful }
    }

    /// Whether something was seen while the operation ran: after it was accepted, and before a read that said so once more.
    ///
    /// - Parameter exchange: What was seen.
    /// - Returns: Whether it surely fell into that time.
    func covers(_ exchange: Exchange) -> Bool {
        exchange.isAfter(self.post) && self.running.contains { $0.isAfter(exchange) }
    }

    /// Whether an exchange is about the backup's blob.
    ///
    /// - Parameter exchange: The exchange.
    /// - Returns: Whether it is.
    func isOfBlob(_ exchange: Exchange) -> Bool {
        guard exchange.service == .blobStorage, let container = self.post.sentBody?["containerName"]?.string,
            let name = self.post.sentBody?["backupName"]?.string
        else { return false }
        return exchange.address.hasSuffix("/\(container)/\(name)")
    }
}

extension Exchange {
    /// Whether it is an answer for an operation that is not known any more.
    fileprivate var isForgetful: Bool { [204, 404, 410].contains(self.status) }
}
