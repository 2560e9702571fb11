import Foundation
import Testing

@testable import Commands

@Suite("Notices of changed files", .timeLimit(.minutes(1)))
struct FileNoticesTests {
    @Test(arguments: [false, true])
    func `come for a file that is written in place, and for one that is put in its place`(_ isAtomic: Bool) async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "file-notices-\(isAtomic)-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "apim-backup.yaml")
        let (notices, notice) = AsyncStream<Void>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await FileNotices.listen(to: [file.path]) { notice.yield() } }
            var count = 0
            for await _ in notices {
                count += 1
                guard count == 1 else { break }
                // From the first notice on it listens.
                try? Data("version: 1\n".utf8).write(to: file, options: isAtomic ? .atomic : [])
            }
            group.cancelAll()
        }
    }

    @Test func `end with the task, also where there is nothing to listen to`() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await FileNotices.listen(to: ["/nowhere/apim-backup.yaml"]) {} }
            group.cancelAll()
        }
    }
}
