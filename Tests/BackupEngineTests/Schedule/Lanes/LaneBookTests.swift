import Testing

@testable import BackupEngine

@Suite("Lanes")
struct LaneBookTests {
    typealias Book = LaneBook<String>

    @Test func `work on so many at once, in the order of the calls`() {
        var book = Book(width: 2, looks: 2)
        #expect(book.call(["a", "b", "c", "d"]) == [.work("a"), .work("b")])
        #expect((book.working, book.waitingCount) == (2, 2))
        #expect(book.end(.work("b")) == [.work("c")])
        #expect(book.end(.work("a")) == [.work("d")])
        #expect(book.end(.work("c")).isEmpty)
        #expect(book.end(.work("d")).isEmpty)
        #expect((book.working, book.waitingCount) == (0, 0))
    }

    @Test func `take an instance that waits once`() {
        var book = Book(width: 1, looks: 1)
        #expect(book.call(["a", "b", "b"]) == [.work("a")])
        #expect(book.call(["b"]).isEmpty)
        #expect(book.end(.work("a")) == [.work("b")])
        #expect(book.end(.work("b")).isEmpty)
    }

    @Test func `work once more on what was called meanwhile`() {
        var book = Book(width: 1, looks: 1)
        _ = book.call(["a"])
        #expect(book.call(["a"]).isEmpty)
        #expect(book.call(["a"]).isEmpty)
        #expect(book.end(.work("a")) == [.work("a")])
        #expect(book.end(.work("a")).isEmpty)
    }

    @Test func `look at what is called while a run of it is under way`() {
        var book = Book(width: 1, looks: 1)
        _ = book.call(["a"])
        #expect(book.begin("a").isEmpty)
        #expect(book.call(["a"]) == [.look("a")])
        #expect(book.end(.look("a")).isEmpty)
        #expect(book.end(.work("a")) == [.work("a")])
    }

    @Test func `look also at what was called just before the run began`() {
        var book = Book(width: 1, looks: 1)
        _ = book.call(["a"])
        _ = book.call(["a"])
        #expect(book.begin("a") == [.look("a")])
        // A second run of the same turn is no news.
        #expect(book.begin("a").isEmpty)
    }

    @Test func `look at so many at once`() {
        var book = Book(width: 3, looks: 1)
        _ = book.call(["a", "b", "c"])
        for key in ["a", "b", "c"] { _ = book.begin(key) }
        #expect(book.call(["a", "b", "b", "c"]) == [.look("a")])
        #expect(book.end(.look("a")) == [.look("b")])
        #expect(book.end(.look("b")) == [.look("c")])
        #expect(book.end(.look("c")).isEmpty)
    }

    @Test func `begin nothing that was never called`() {
        var book = Book(width: 1, looks: 1)
        #expect(book.begin("a").isEmpty)
    }
}
