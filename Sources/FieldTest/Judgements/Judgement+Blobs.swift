import BackupDomain

/// Reads of the blob service.
extension Judgement {
    static let ofBlobs: [Judgement] = [
        .each(
            "blob-properties",
            "looks at blobs that are there",
            { $0.blobs.filter { $0.method == "HEAD" && $0.status == 200 && $0.parameter("restype") == nil } },
            { look in
                let needed = ["content-length", "etag", "last-modified", "x-ms-creation-time", "x-ms-lease-status"]
                return needed.first { look.received[$0] == nil }.map { "The answer has no \($0)." }
            }
        ),
        .each(
            "missing-blob",
            "looks for blobs and containers that are not there",
            { $0.blobs.filter { ["HEAD", "GET"].contains($0.method) && $0.status == 404 } },
            { look in
                let code = look.errorCode ?? "none"
                return ["BlobNotFound", "ContainerNotFound"].contains(code) ? nil : "The code is \(code)."
            }
        ),
        .each(
            "lists-are-sorted",
            "lists of blobs",
            { $0.blobs.filter { $0.method == "GET" && $0.parameter("comp") == "list" && $0.status == 200 } },
            { $0.receivedBody?["sorted"] == .boolean(true) ? nil : "The names are not sorted." }
        ),
        .each(
            "deleted-blob-retention",
            "reads of the blob service's properties",
            {
                $0.blobs.filter {
                    $0.parameter("comp") == "properties" && $0.parameter("restype") == "service" && $0.status == 200
                }
            },
            { read in
                let elements = read.receivedBody?["elements"]?.array ?? []
                return elements.contains(.string("DeleteRetentionPolicy")) ? nil : "There is no DeleteRetentionPolicy."
            }
        ),
        .each(
            "blob-rights",
            "refusals of the blob service for want of a right",
            { $0.blobs.filter { $0.status == 403 } },
            { $0.errorCode == nil ? "It has no code." : nil }
        ),
        .each(
            "account-disabled",
            "answers of a disabled account",
            { $0.blobs.filter { $0.errorCode == "AccountIsDisabled" } },
            { $0.status == 403 ? nil : "It was answered \($0.status ?? 0)." }
        ),
        .each(
            "versions-shown",
            "looks at blobs of an account that keeps versions",
            { evidence in
                guard evidence.writes.contains(where: { $0.received["x-ms-version-id"] != nil }) else { return [] }
                return evidence.blobs.filter {
                    $0.method == "HEAD" && $0.status == 200 && $0.parameter("restype") == nil
                }
            },
            { $0.received["x-ms-version-id"] == nil ? "The answer has no x-ms-version-id." : nil }
        ),
        Judgement("blob-protection-shown") { evidence in
            let shown = evidence.blobs.filter {
                $0.method == "HEAD"
                    && ($0.received["x-ms-immutability-policy-until-date"] ?? $0.received["x-ms-legal-hold"]) != nil
            }
            return shown.isEmpty
                ? .notSeen("No blob has a policy or a hold of its own.") : .confirmed("It was shown.", shown)
        },
        Judgement("protected-blob-refused") { evidence in
            let refused = evidence.blobs.filter { $0.errorCode?.hasPrefix("BlobImmutableDueTo") == true }
            return .each("deletions of protected blobs", refused) { $0.status == 409 ? nil : "\($0.status ?? 0)" }
        },
        .each(
            "container-is-created-once",
            "creations of a container that is there",
            { evidence in
                evidence.blobs.filter {
                    $0.method == "PUT" && $0.parameter("restype") == "container" && ![201, 403].contains($0.status)
                        && $0.errorCode != "ContainerBeingDeleted"
                }
            },
            {
                $0.errorCode == "ContainerAlreadyExists"
                    ? nil : "It was answered \($0.status ?? 0) \($0.errorCode ?? "")."
            }
        ),
    ]
}

extension Evidence {
    /// The writes of whole blobs that succeeded.
    var writes: [Exchange] {
        self.blobs.filter { $0.method == "PUT" && $0.sent["x-ms-blob-type"] != nil && $0.isSuccess }
    }
}
