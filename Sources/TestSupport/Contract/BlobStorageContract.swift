package import BackupDomain
import FoundationEssentials

/// What every blob storage keeps to, as clauses that can be tried one by one on any implementation.
///
/// Each clause works below a prefix of its own, so that many can be tried in one container.
package struct BlobStorageContract: Sendable {
    /// A clause was broken.
    package struct Breach: Error, CustomStringConvertible {
        package var description: String
    }

    /// One thing that holds.
    package struct Clause: Sendable, CustomStringConvertible {
        /// What holds, as a sentence.
        package var description: String
        let check: @Sendable (BlobStorageContract) async throws -> Void

        init(_ description: String, _ check: @escaping @Sendable (BlobStorageContract) async throws -> Void) {
            self.description = description
            self.check = check
        }
    }

    /// The implementation.
    let blobs: any BlobStorage
    /// A container that is there.
    let container: String
    /// How many names a page of a listing holds.
    let pageSize: Int
    /// Lets time pass, by the storage's clock.
    let pass: @Sendable (Duration) async throws -> Void

    /// Prepares to try an implementation.
    ///
    /// - Parameters:
    ///   - blobs: The implementation.
    ///   - container: A container; created where it is missing.
    ///   - pageSize: How many names a page of a listing holds.
    ///   - pass: Lets time pass, by the storage's clock.
    package init(
        _ blobs: any BlobStorage,
        container: String,
        pageSize: Int,
        pass: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.blobs = blobs
        self.container = container
        self.pageSize = pageSize
        self.pass = pass
    }

    /// All clauses.
    package static let clauses = Self.contents + Self.listings + Self.deletions + Self.leases

    /// Tries a clause.
    ///
    /// - Parameter clause: The clause.
    /// - Throws: ``Breach`` where it is broken, and what the implementation throws.
    package func hold(_ clause: Clause) async throws {
        try await self.blobs.createContainer(self.container)
        do {
            try await clause.check(self)
        } catch let breach as Breach {
            throw Breach(description: "\(clause): \(breach.description)")
        } catch let error as BackupError {
            throw Breach(description: "\(clause): unexpected \(error)")
        }
    }

    // MARK: What clauses are made of

    func require(_ isTrue: Bool, _ what: @autoclosure () -> String) throws {
        if !isTrue { throw Breach(description: what()) }
    }

    /// Requires a call to be refused.
    func refused(_ code: BackupError.Code, _ what: String, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as BackupError {
            return try self.require(error.code == code, "\(what) is refused with \(error.code), not \(code): \(error)")
        }
        throw Breach(description: "\(what) is not refused with \(code)")
    }

    @discardableResult
    func write(_ name: String, _ text: String = "content", _ condition: WriteCondition = .always) async throws -> ETag {
        try await self.blobs.write(
            Data(text.utf8),
            to: name,
            in: self.container,
            condition: condition,
            contentType: "text/plain"
        )
    }

    func text(_ name: String) async throws -> String? {
        try await self.blobs.read(name, in: self.container, cap: 1 << 20).map {
            String(decoding: $0.content, as: UTF8.self)
        }
    }

    func properties(_ name: String) async throws -> BlobProperties? {
        guard case .present(let found) = try await self.blobs.properties(of: name, in: self.container) else {
            return nil
        }
        return found
    }

    /// All pages of a listing.
    func names(
        _ prefix: String,
        delimiter: String? = nil
    ) async throws -> (blobs: [String], folders: [String], pages: Int) {
        var (blobs, folders, pages): ([String], [String], Int) = ([], [], 0)
        var marker: String?
        repeat {
            let page = try await self.blobs.list(self.container, prefix: prefix, delimiter: delimiter, marker: marker)
            blobs += page.blobs.map(\.name)
            folders += page.prefixes
            pages += 1
            marker = page.nextMarker
        } while marker != nil
        return (blobs, folders, pages)
    }

    /// How many of several calls at once succeed; the others are refused as conflicts.
    func winners(of count: Int, _ body: @escaping @Sendable (Int) async throws -> Void) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask {
                    do {
                        try await body(number)
                        return true
                    } catch let error as BackupError where error.code == .conflict {
                        return false
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}
