import Observability
import Testing

@Suite("The newest lines of the log")
struct LogTailTests {
    @Test func `are kept as far as they have room, and the last one always`() {
        let tail = LogTail()
        for number in 0..<3000 { tail.take("line \(number)\n") }
        #expect(tail.lines.last == "line 2999")
        #expect(tail.lines.joined(separator: "\n").utf8.count <= 10_000)
        #expect(tail.lines.count > 800)
        tail.take(String(repeating: "x", count: 20_000))
        #expect(tail.lines.count == 1)
    }
}
