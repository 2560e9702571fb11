import BackupDomain

/// Listings: order, prefixes, folding, pages.
extension BlobStorageContract {
    static let listings: [Clause] = [
        Clause("a listing has the blobs below a prefix, in the order of their names, with size and version") {
            contract in
            for name in ["list/b", "list/a", "list/a/c", "list/A", "lisu"] { try await contract.write(name) }
            let names = try await contract.names("list/").blobs
            try contract.require(names == ["list/A", "list/a", "list/a/c", "list/b"], "\(names)")
            let page = try await contract.blobs.list(contract.container, prefix: "list/b", delimiter: nil, marker: nil)
            let seen = try await contract.properties("list/b")
            try contract.require(page.blobs.first?.etag == seen?.etag, "the version is another than a look shows")
            try contract.require(page.blobs.first?.bytes == 7, "\(String(describing: page.blobs.first))")
            try contract.require(
                try await contract.names("list/none").blobs.isEmpty,
                "there is something below nothing"
            )
        },
        Clause("a delimiter folds names into folders, each once") { contract in
            for name in ["fold/x", "fold/2025/a", "fold/2025/b", "fold/2026/a", "fold/2026/01/b"] {
                try await contract.write(name)
            }
            let found = try await contract.names("fold/", delimiter: "/")
            try contract.require(found.blobs == ["fold/x"], "\(found.blobs)")
            try contract.require(Set(found.folders) == ["fold/2025/", "fold/2026/"], "\(found.folders)")
            let below = try await contract.names("fold/2026/", delimiter: "/")
            try contract.require(below.blobs == ["fold/2026/a"], "\(below.blobs)")
            try contract.require(Set(below.folders) == ["fold/2026/01/"], "\(below.folders)")
        },
        Clause("the pages of a listing have every blob once") { contract in
            let count = contract.pageSize + 1
            let names = (0..<count).map { "page/\(String(10_000 + $0).dropFirst())" }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<8 {
                    group.addTask {
                        for name in names.enumerated().filter({ $0.offset % 8 == lane }).map(\.element) {
                            try await contract.write(name, "")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let found = try await contract.names("page/")
            try contract.require(found.blobs == names, "\(found.blobs.count) of \(count)")
            try contract.require(found.pages >= 2, "\(found.pages) page holds all")
        },
    ]
}
