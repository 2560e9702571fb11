import BackupDomain
import FoundationEssentials

/// Containers, writes under conditions, reads with caps.
extension BlobStorageContract {
    static let contents: [Clause] = [
        Clause("a container is there once it is created, and stays as it is when it is created again") { contract in
            try await contract.write("kept/a")
            try await contract.blobs.createContainer(contract.container)
            let exists = try await contract.blobs.containerExists(contract.container)
            try contract.require(exists, "the container is not there")
            try contract.require(try await contract.text("kept/a") == "content", "its blob is gone")
        },
        Clause("a blob is created once") { contract in
            let etag = try await contract.write("create/a", "first", .absent)
            try await contract.refused(.conflict, "the second creation") {
                try await contract.write("create/a", "second", .absent)
            }
            let read = try await contract.blobs.read("create/a", in: contract.container, cap: 100)
            try contract.require(read?.content == Data("first".utf8), "the first content is lost")
            try contract.require(read?.etag == etag, "the version changed")
        },
        Clause("of many who create a blob at once one wins") { contract in
            let wins = try await contract.winners(of: 8) { try await contract.write("race/a", "\($0)", .absent) }
            try contract.require(wins == 1, "\(wins) created it")
        },
        Clause("a blob is replaced by who knows its version, and by nobody else") { contract in
            let first = try await contract.write("replace/a", "1")
            let second = try await contract.write("replace/a", "2", .matches(first))
            try contract.require(first != second, "the version stayed")
            try await contract.refused(.conflict, "a stale replacement") {
                try await contract.write("replace/a", "3", .matches(first))
            }
            try contract.require(try await contract.text("replace/a") == "2", "the stale one took effect")
            try await contract.refused(.conflict, "the replacement of a blob that is not there") {
                try await contract.write("replace/none", "1", .matches(second))
            }
            try contract.require(try await contract.text("replace/none") == nil, "it was created")
        },
        Clause("of many who replace a version at once one wins") { contract in
            let etag = try await contract.write("race/b")
            let wins = try await contract.winners(of: 8) { try await contract.write("race/b", "\($0)", .matches(etag)) }
            try contract.require(wins == 1, "\(wins) replaced it")
        },
        Clause("without a condition the last write counts, under a new version") { contract in
            let first = try await contract.write("always/a", "1")
            let second = try await contract.write("always/a", "22")
            let found = try await contract.properties("always/a")
            try contract.require(
                first != second && found?.etag == second && found?.bytes == 2,
                "\(String(describing: found))"
            )
        },
        Clause("what is read is what was written, up to the cap and no more") { contract in
            try await contract.write("read/a", "0123456789")
            let read = try await contract.blobs.read("read/a", in: contract.container, cap: 10)
            try contract.require(read?.content.count == 10, "ten bytes are not read under a cap of ten")
            try await contract.refused(.answerTooLarge, "reading ten bytes under a cap of nine") {
                _ = try await contract.blobs.read("read/a", in: contract.container, cap: 9)
            }
            try contract.require(try await contract.text("read/none") == nil, "there is something that nobody wrote")
        },
        Clause("an empty blob is there, and empty") { contract in
            let etag = try await contract.write("empty/a", "")
            let found = try await contract.properties("empty/a")
            try contract.require(found?.bytes == 0 && found?.etag == etag, "\(String(describing: found))")
            try contract.require(try await contract.text("empty/a") == "", "it is not read as empty")
        },
        Clause("a look at a blob tells size, version and times, and at none when it was not there") { contract in
            let etag = try await contract.write("look/a", "12345")
            guard let found = try await contract.properties("look/a") else {
                throw Breach(description: "it is not there")
            }
            try contract.require(found.name == "look/a" && found.bytes == 5 && found.etag == etag, "\(found)")
            try contract.require(found.createdAt != nil && found.modifiedAt != nil, "it has no times")
            try contract.require(!found.isLeased && !found.hasLegalHold && found.immutableUntil == nil, "\(found)")
            guard case .absent(let date) = try await contract.blobs.properties(of: "look/b", in: contract.container)
            else {
                throw Breach(description: "what is not there is seen")
            }
            try contract.require(date != nil, "nobody knows when it was not there")
        },
        Clause("names may hold what people put into names") { contract in
            let names = [
                "names/contoso apim 2026-11-22 03:00:00", "names/a+b", "names/50%25 & more", "names/what?is#this",
                "names/ümlaut-日本", "names/a;b=c,d", "names/'quoted'", "names/<x>",
            ]
            for name in names {
                try await contract.write(name, name)
                try contract.require(try await contract.text(name) == name, "'\(name)' is not read back")
                try contract.require(try await contract.properties(name)?.name == name, "'\(name)' is not seen")
            }
            let listed = try await contract.names("names/").blobs
            try contract.require(Set(listed) == Set(names), "\(listed)")
        },
        Clause("nothing is found, written or deleted in a container that is not there") { contract in
            let (blobs, none) = (contract.blobs, "no-such-container")
            try contract.require(try await !blobs.containerExists(none), "it is there")
            try await contract.refused(.notFound, "reading") { _ = try await blobs.read("a", in: none, cap: 1 << 16) }
            try await contract.refused(.notFound, "looking") { _ = try await blobs.properties(of: "a", in: none) }
            try await contract.refused(.notFound, "listing") {
                _ = try await blobs.list(none, prefix: "", delimiter: nil, marker: nil)
            }
            try await contract.refused(.notFound, "writing") {
                _ = try await blobs.write(Data(), to: "a", in: none, condition: .always, contentType: "text/plain")
            }
            try await contract.refused(.notFound, "deleting") {
                _ = try await blobs.delete("a", in: none, condition: .always)
            }
            try await contract.refused(.notFound, "leasing") {
                _ = try await blobs.acquireLease(of: "a", in: none, seconds: 60)
            }
        },
    ]
}
