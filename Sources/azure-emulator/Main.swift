import AzureEmulator

@main
struct Main {
    static func main() async { await EmulatorProgram.run() }
}
