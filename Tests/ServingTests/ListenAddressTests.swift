import Serving
import Testing

@Suite("An address to listen on")
struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:8425", "127.0.0.1", 8425), ("localhost:0", "localhost", 0), ("[::1]:80", "::1", 80),
        ("0.0.0.0:65535", "0.0.0.0", 65_535),
    ])
    func `is host and port`(_ text: String, _ host: String, _ port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address == ListenAddress(host: host, port: port))
        #expect("\(address)" == text)
    }

    @Test(arguments: [
        "", "8425", ":8425", "::1:80", "[]:80", "[x]:80", "host:", "host:65536", "host:-1", "a b:1", "a/b:1",
    ])
    func `is nothing else`(_ text: String) { #expect(ListenAddress(text) == nil) }
}
