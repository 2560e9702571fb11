import BackupDomain

/// The POST of a backup and its answer.
extension Judgement {
    static let ofSubmissions: [Judgement] = [
        .each(
            "backup-is-posted",
            "POSTs of backups that Azure did not put off",
            { $0.posts.filter { $0.lastSegment == "backup" && ![401, 403, 409, 429, nil].contains($0.status) } },
            { $0.status == 202 ? nil : "It was answered \($0.status ?? 0) \($0.errorCode ?? "")." }
        ),
        .each(
            "accepted-with-location",
            "accepted POSTs",
            { $0.submissions.map(\.post) },
            { post in
                if post.status != 202 { return "It was answered \(post.status ?? 0)." }
                if post.received["location"] == nil { return "The answer has no Location." }
                return post.receivedBody == nil ? nil : "The answer has a body."
            }
        ),
        .each(
            "location-of-own-origin",
            "Locations",
            { $0.submissions.map(\.post).filter { $0.received["location"] != nil } },
            { post in
                let origin = { (url: String) in url.split(separator: "/").prefix(2).joined(separator: "//") }
                return origin(post.received["location"] ?? "") == origin(post.url) ? nil : "It leads to another host."
            }
        ),
        Judgement("location-is-opaque") { evidence in
            let first = evidence.submissions.compactMap(\.polls.first)
            guard !first.isEmpty else { return .notSeen("No operation was read.") }
            if let lost = first.first(where: { $0.status == 404 || $0.status == 400 }) {
                return .contradicted("The URL, as it came, was answered \(lost.status ?? 0).", lost)
            }
            return .confirmed("Each URL was followed as it came, and answered.", first)
        },
        .each(
            "retry-after",
            "answers of 202",
            { evidence in evidence.submissions.flatMap { [$0.post] + $0.running } },
            { $0.received["retry-after"] == nil ? "The answer has no Retry-After." : nil }
        ),
        Judgement("backup-while-busy") { evidence in
            let busy = evidence.posts.filter { $0.status == 409 && $0.errorCode?.lowercased() != "scopelocked" }
            guard let first = busy.first else { return .notSeen("Nothing else held the instance when it was called.") }
            return first.errorCode == "ServiceLocked"
                ? .confirmed("A busy instance answered 409 ServiceLocked.", busy)
                : .contradicted("other-conflict: 409 \(first.errorCode ?? "without a code").", first)
        },
        Judgement("lock-is-scope-locked") { evidence in
            let locked = evidence.posts.filter { $0.errorCode?.lowercased() == "scopelocked" }
            guard let first = locked.first else { return .notSeen("No lock was in the way.") }
            return first.status == 409
                ? .confirmed("A lock answered 409 ScopeLocked.", locked)
                : .contradicted("A lock answered \(first.status ?? 0).", first)
        },
        Judgement("tiers") { evidence in
            let posts = evidence.backups.map(\.post).filter { evidence.tier(of: $0) != nil }
            return .each("accepted backups of an instance whose tier was read", posts) { post in
                let tier = evidence.tier(of: post) ?? ""
                return ["developer", "basic", "standard", "premium", "isolated"].contains(tier.lowercased())
                    ? nil : "A backup was accepted in the tier \(tier)."
            }
        },
        Judgement("isolated-tier") { evidence in
            guard let post = evidence.posts.first(where: { evidence.tier(of: $0)?.lowercased() == "isolated" }) else {
                return .notSeen("The instance is of another tier.")
            }
            return post.isSuccess
                ? .contradicted("accepted: a backup was accepted.", post)
                : .confirmed("The POST was answered \(post.status ?? 0).", [post])
        },
        .each(
            "restore-call",
            "POSTs of restores that Azure did not put off",
            { $0.posts.filter { $0.lastSegment == "restore" && ![401, 403, 409, 429, nil].contains($0.status) } },
            { $0.status == 202 ? nil : "It was answered \($0.status ?? 0) \($0.errorCode ?? "")." }
        ),
    ]
}

extension Evidence {
    /// The tier of the instance that a POST is for.
    ///
    /// - Parameter post: The POST.
    /// - Returns: The tier; nil where the instance was not read.
    fileprivate func tier(of post: Exchange) -> String? {
        self.instances.first { $0.address == post.parentAddress }?.receivedBody?["sku"]?["name"]?.string
    }
}
