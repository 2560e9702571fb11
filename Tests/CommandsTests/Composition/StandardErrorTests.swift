import Foundation
import Testing

@testable import Commands

@Suite("Standard error", .timeLimit(.minutes(1)))
struct StandardErrorTests {
    /// Takes what lies in a pipe, as far as something does.
    static func drain(_ pipe: Pipe) -> String {
        String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    }

    @Test func `a reader that has stopped to read holds nobody up, and is told how much it missed`() {
        let pipe = Pipe()
        let output = StandardError(pipe.fileHandleForWriting.fileDescriptor, patience: 20)
        let line = String(repeating: "x", count: 999) + "\n"
        // A pipe holds 64 kB.
        let began = ContinuousClock.now
        let before = (0..<2000).map { _ in output.write(line) }
        #expect(ContinuousClock.now - began < .seconds(10))
        #expect(before.allSatisfy { $0 == 0 })
        var read = ""
        while read.utf8.count < 60_000 { read += Self.drain(pipe) }
        let dropped = output.write("again\n")
        #expect((1900..<2000).contains(dropped), "\(dropped)")
        #expect(output.write("and again\n") == 0)
        read += Self.drain(pipe)
        #expect(read.hasSuffix("\nagain\nand again\n"), "\(read.suffix(40))")
    }

    @Test func `a line that is longer than a pipe takes at once arrives whole`() {
        let pipe = Pipe()
        let output = StandardError(pipe.fileHandleForWriting.fileDescriptor)
        let line = String(repeating: "long ", count: 4000) + "\n"
        #expect(output.write(line) == 0)
        var read = ""
        while read.utf8.count < line.utf8.count { read += Self.drain(pipe) }
        #expect(read == line)
    }

    @Test func `what a full disk does not take is dropped, and the next line stands on its own`() throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let output = StandardError(full.fileDescriptor)
        #expect(output.write("lost\n") == 0)
        #expect(output.write("lost too\n") == 0)
    }
}
