/// A piece of content is gone, because what held it was overwritten or deleted meanwhile.
struct ContentMissing: Error {
    var piece: Int
}
