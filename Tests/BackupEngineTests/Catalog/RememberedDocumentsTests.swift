import BackupDomain
import FoundationEssentials
import Testing

@testable import BackupEngine

struct RememberedDocumentsTests {
    private static let path = "v1/acknowledgements/contoso.json"
    private static let bytes = Data("bytes that are no JSON".utf8)

    private let document = ShrinkAcknowledgements()

    /// Reads bytes that only who remembers them can read.
    private func read(
        _ remembered: RememberedDocuments?,
        _ content: Data = Self.bytes,
        at path: String = Self.path
    ) throws {
        try RememberedDocuments.$current.withValue(remembered) {
            _ = try RecordCoding.decode(ShrinkAcknowledgements.self, content, path: path)
        }
    }

    @Test func whatIsRememberedIsNotDecodedAgain() throws {
        let remembered = RememberedDocuments()
        remembered.remember(self.document, as: Self.bytes, at: Self.path)
        try self.read(remembered)
        #expect(throws: BackupError.self) { try self.read(nil) }
    }

    @Test func otherBytesAnotherPlaceAndAnotherTypeAreDecoded() throws {
        let remembered = RememberedDocuments()
        remembered.remember(self.document, as: Self.bytes, at: Self.path)
        #expect(throws: BackupError.self) { try self.read(remembered, Self.bytes + [0]) }
        #expect(throws: BackupError.self) { try self.read(remembered, at: "v1/acknowledgements/fabrikam.json") }
        #expect(remembered.document(PauseHistory.self, of: Self.bytes, at: Self.path) == nil)
    }

    @Test func whatIsReadIsRemembered() throws {
        let reader = RememberedDocuments()
        let content = try RecordCoding.encode(self.document)
        try self.read(reader, content)
        #expect(reader.document(ShrinkAcknowledgements.self, of: content, at: Self.path) == self.document)
    }

    @Test func whatIsWrittenIsRemembered() throws {
        let writer = RememberedDocuments()
        let content = try RememberedDocuments.$current.withValue(writer) {
            try RecordCoding.encode(self.document, path: Self.path)
        }
        #expect(writer.document(ShrinkAcknowledgements.self, of: content, at: Self.path) == self.document)
    }

    @Test(arguments: [RunState.planned, .ended])
    func whatIsRememberedTellsWhetherItIsFinal(_ state: RunState) throws {
        let remembered = RememberedDocuments()
        var record = try RunFixture.record()
        record.state = state
        remembered.remember(record, as: Self.bytes, at: Self.path)
        let isFinal = try RememberedDocuments.$current.withValue(remembered) {
            try RecordCoding.isFinal(Self.bytes, path: Self.path)
        }
        #expect(isFinal == (state == .ended))
    }

    @Test func noMoreIsRememberedThanThereIsRoomFor() {
        let remembered = RememberedDocuments(most: 2)
        for name in ["a", "b", "c"] { remembered.remember(self.document, as: Self.bytes, at: name) }
        let known = ["a", "b", "c"].filter {
            remembered.document(ShrinkAcknowledgements.self, of: Self.bytes, at: $0) != nil
        }
        #expect(known == ["c"])
    }
}
