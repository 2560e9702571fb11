import BackupDomain
import BackupEngine
import Foundation
import Testing

@Suite("A run that another process left")
struct RunResumingTests {
    @Test func `asks Azure before anything else when it was left between intent and answer`() throws {
        var left = try RunFixture()
        left.feed(.nameChecked(.success(.absent(date: RunFixture.night))))
        let run = Run(resuming: left.run.record, limits: RunLimits(), at: left.now)
        #expect(run.record.state == .settling)
        #expect(run.record.attempts.last?.submission == .unanswered)
        #expect(run.record.generation == 2)
        #expect(run.nextStep(at: left.now) == .look(left.name, after: .zero))
    }

    @Test func `goes on polling when it was left after acceptance, and does not post`() throws {
        var left = try RunFixture()
        left.accept()
        let run = Run(resuming: left.run.record, limits: RunLimits(), at: left.now + 300)
        #expect(run.nextStep(at: left.now + 300) == .poll(location: RunFixture.location, after: .zero))
    }

    @Test func `notes in the record how it was found, each time`() throws {
        var left = try RunFixture()
        left.feed(.nameChecked(.success(.absent(date: RunFixture.night))))
        let second = Run(resuming: left.run.record, limits: RunLimits(), at: left.now + 60)
        let third = Run(resuming: second.record, limits: RunLimits(), at: left.now + 120)
        let takeovers = [
            RunTakeover(at: left.now + 60, generation: 2, found: .posting),
            RunTakeover(at: left.now + 120, generation: 3, found: .settling),
        ]
        #expect(third.record.takeovers == takeovers)
        let read = try RecordCoding.decode(RecordCoding.encode(third.record), path: "x")
        #expect(read.takeovers?.map(\.found) == [.posting, .settling])
    }

    @Test func `reads a record that was written before takeovers were noted`() throws {
        let fixture = try RunFixture()
        let bytes = try RecordCoding.encode(fixture.run.record)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("takeovers"))
        #expect(try RecordCoding.decode(bytes, path: "x").takeovers == nil)
    }

    @Test func `leaves a final record alone`() throws {
        var left = try RunFixture()
        left.feed(.stoppedBeforePost)
        let run = Run(resuming: left.run.record, limits: RunLimits(), at: left.now)
        #expect(run.record.generation == 1)
        #expect(run.revision == 0)
        #expect(run.nextStep(at: left.now) == .finish)
    }

    @Test func `reads back the record it wrote, whatever fields a later release adds`() throws {
        var fixture = try RunFixture()
        fixture.accept()
        let bytes = try RecordCoding.encode(fixture.run.record)
        let text = try #require(String(data: bytes, encoding: .utf8))
        let later = text.replacing("\"version\" : 1", with: "\"addedLater\" : [1], \"version\" : 1")
        #expect(later != text)
        let read = try RecordCoding.decode(Data(later.utf8), path: "x")
        #expect(read.run == fixture.run.record.run)
        #expect(read.attempts == fixture.run.record.attempts)
    }

    @Test func `refuses a record of a newer format and a damaged one, by name`() throws {
        let fixture = try RunFixture()
        let text = try #require(String(data: RecordCoding.encode(fixture.run.record), encoding: .utf8))
        let newer = Data(text.replacing("\"version\" : 1", with: "\"version\" : 9").utf8)
        #expect(throws: BackupError(.recordTooNew, "")) { try RecordCoding.decode(newer, path: "a/b.json") }
        let damaged = #expect(throws: BackupError.self) {
            try RecordCoding.decode(Data(text.dropLast(40).utf8), path: "a/b.json")
        }
        #expect(damaged?.code == .recordUnreadable)
        #expect(damaged?.message.hasPrefix("a/b.json cannot be read: ") == true)
        #expect(damaged?.message.contains("..") == false)
    }
}
