import BackupDomain

/// All exchanges of a field test, as judgements look at them.
package struct Evidence: Sendable {
    /// The exchanges, in the order in which they were sent.
    let exchanges: [Exchange]
    /// The backups and restores that Azure accepted.
    let submissions: [Submission]

    /// Takes exchanges in.
    ///
    /// - Parameter exchanges: The exchanges, in any order.
    package init(_ exchanges: [Exchange]) {
        self.exchanges = exchanges.sorted { $0.number < $1.number }
        self.submissions = self.exchanges.filter { $0.isSubmission && $0.isSuccess }.map { [exchanges] post in
            let location = post.received["location"]
            let polls = exchanges.filter { $0.method == "GET" && $0.url == location && $0.isAfter(post) }
            return Submission(post: post, polls: polls.sorted { $0.number < $1.number })
        }
    }

    /// The POSTs of backups and restores, whatever became of them.
    var posts: [Exchange] { self.exchanges.filter(\.isSubmission) }

    /// The backups among the submissions.
    var backups: [Submission] { self.submissions.filter { !$0.isRestore } }

    /// The calls to the Resource Manager that were answered.
    var management: [Exchange] { self.exchanges.filter { $0.service == .resourceManager && $0.status != nil } }

    /// The calls to the blob service that were answered.
    var blobs: [Exchange] { self.exchanges.filter { $0.service == .blobStorage && $0.status != nil } }

    /// The calls for tokens that were answered.
    var tokens: [Exchange] {
        self.exchanges.filter { [.entra, .identityEndpoint].contains($0.service) && $0.status != nil }
    }

    /// The reads of instances that succeeded.
    var instances: [Exchange] {
        self.management.filter { exchange in
            let parts = exchange.address.lowercased().split(separator: "/")
            return exchange.method == "GET" && exchange.status == 200 && parts.dropLast().last == "service"
                && parts.dropLast(2).last == "microsoft.apimanagement"
        }
    }

    /// The pages of lists of what lies in an instance, whatever the answer.
    var contents: [Exchange] {
        self.management.filter { exchange in
            let parts = exchange.address.lowercased().split(separator: "/").drop { $0 != "microsoft.apimanagement" }
            return exchange.method == "GET" && parts.count > 3 && parts.dropFirst().first == "service"
                && !parts.contains("operationresults") && !parts.contains("providers")
        }
    }

    /// The reads of one kind of resource that succeeded.
    ///
    /// - Parameter type: The last part of its type, in lower case.
    /// - Returns: The reads.
    func reads(of type: String) -> [Exchange] {
        self.management.filter { exchange in
            exchange.method == "GET" && exchange.status == 200
                && exchange.address.lowercased().split(separator: "/").dropLast().last.map(String.init) == type
        }
    }
}

extension Exchange {
    /// Whether it is the POST of a backup or of a restore.
    fileprivate var isSubmission: Bool {
        self.service == .resourceManager && self.method == "POST"
            && ["backup", "restore"].contains(self.lastSegment.lowercased())
    }
}
