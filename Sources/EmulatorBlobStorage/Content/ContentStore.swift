import Foundation
import Synchronization

/// Keeps the blobs' bytes: in memory, or in one file a piece.
///
/// A piece is written once and never changed. In a directory it is on the disk when ``write(_:)`` returns, before any
/// record names it; files that no record names are dropped at the next start.
final class ContentStore: Sendable {
    private struct State {
        var lastID = 0
        var pieces: [Int: Data] = [:]
    }

    private let folder: URL?
    private let state = Mutex(State())

    init(directory: String?) throws {
        guard let directory else {
            self.folder = nil
            return
        }
        let folder = URL(filePath: directory, directoryHint: .isDirectory).appending(path: "blob-content")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.folder = folder
    }

    func write(_ data: Data) throws -> ContentPiece {
        let id = self.state.withLock { state in
            state.lastID += 1
            if self.folder == nil { state.pieces[state.lastID] = data }
            return state.lastID
        }
        if let folder = self.folder {
            let file = folder.appending(path: String(id))
            try data.write(to: file)
            try Self.synchronize(file)
            try Self.synchronize(folder)
        }
        return ContentPiece(id: id, length: data.count)
    }

    /// Reads a part of a piece; fails where the piece was removed meanwhile.
    func read(_ piece: ContentPiece, _ range: Range<Int>) throws -> Data {
        let data: Data
        if let folder = self.folder {
            let handle = try FileHandle(forReadingFrom: folder.appending(path: String(piece.id)))
            defer { try? handle.close() }
            try handle.seek(toOffset: UInt64(range.lowerBound))
            data = try handle.read(upToCount: range.count) ?? Data()
        } else {
            guard let whole = self.state.withLock({ $0.pieces[piece.id] }) else {
                throw ContentMissing(piece: piece.id)
            }
            data = whole.count == range.count ? whole : Data(whole.dropFirst(range.lowerBound).prefix(range.count))
        }
        guard data.count == range.count else { throw ContentMissing(piece: piece.id) }
        return data
    }

    /// Reads a range of a blob's content, which may span pieces.
    func read(_ pieces: [ContentPiece], _ range: Range<Int>) throws -> Data {
        var result = Data()
        var start = 0
        for piece in pieces {
            defer { start += piece.length }
            let overlap = range.clamped(to: start..<(start + piece.length))
            guard !overlap.isEmpty else { continue }
            let part = try self.read(piece, (overlap.lowerBound - start)..<(overlap.upperBound - start))
            // The usual blob is one piece: hand it on without a copy.
            if part.count == range.count { return part }
            result.append(part)
        }
        return result
    }

    func remove(_ ids: some Sequence<Int>) {
        for id in ids {
            if let folder = self.folder {
                // One that stays behind is an orphan, and dropped at the next start.
                try? FileManager.default.removeItem(at: folder.appending(path: String(id)))
            } else {
                self.state.withLock { _ = $0.pieces.removeValue(forKey: id) }
            }
        }
    }

    /// Drops what no record names, and counts on from the highest number.
    func recover(keeping live: Set<Int>) throws {
        guard let folder = self.folder else { return }
        var highest = live.max() ?? 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            guard let id = Int(name) else { continue }
            highest = max(highest, id)
            if !live.contains(id) { try FileManager.default.removeItem(at: folder.appending(path: name)) }
        }
        let last = highest
        self.state.withLock { $0.lastID = last }
    }

    private static func synchronize(_ url: URL) throws {
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        try handle.synchronize()
    }
}
