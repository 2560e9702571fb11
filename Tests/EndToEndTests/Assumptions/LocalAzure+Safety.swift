import BackupDomain
import Foundation
import Synchronization
import Testing

extension LocalAzure {
    /// The calls that were answered that a backup is accepted, whether its operation is still known or not.
    func acceptedPosts() async throws -> [JSONValue] {
        try await self.requests().filter { call in
            call["method"]?.string == "POST" && call["status"]?.integer == 202
                && call["path"]?.string?.contains("/backup?") == true
        }
    }

    /// Checks what must hold of a run whatever Azure answers.
    ///
    /// Verified means that the one backup which was accepted for this run is there, whole; anything else is an error
    /// with a code and words.
    func expectSafe(_ run: Invocation, at location: SourceLocation = #_sourceLocation) async throws {
        let summary = try #require(run.summary, "\(run.everything)", sourceLocation: location)
        // A lost answer is in the account of backups only, a forgotten operation in that of calls only.
        let (answered, known) = (try await self.acceptedPosts(), try await self.accepted())
        let made = [answered, known].map { $0.filter { $0["clientRequestId"] == summary["run"] }.count }.max() ?? 0
        #expect(made <= 1, "two backups for one run", sourceLocation: location)
        guard summary["outcome"]?.string == "verified" else {
            #expect(run.code != 0, "\(run.everything)", sourceLocation: location)
            #expect(summary["error"]?["code"]?.string?.isEmpty == false, sourceLocation: location)
            #expect(summary["error"]?["message"]?.string?.isEmpty == false, sourceLocation: location)
            return
        }
        #expect(run.code == 0, sourceLocation: location)
        #expect(made == 1, sourceLocation: location)
        #expect(summary["backup"]?["bytes"]?.integer == 614_400, sourceLocation: location)
        let name = try #require(summary["backup"]?["name"]?.string, sourceLocation: location)
        #expect(try await self.bytes(of: name) == 614_400, sourceLocation: location)
    }

    /// The size of a blob of the backups; nil where there is none.
    func bytes(of name: String) async throws -> Int? {
        let size = Mutex<Int?>(nil)
        try await self.withBlobs { blobs in
            guard case .present(let found) = try await blobs.properties(of: name, in: "apim-backups") else { return }
            size.withLock { $0 = found.bytes }
        }
        return size.withLock(\.self)
    }
}
