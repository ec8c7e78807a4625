//! regimen, from the command line.
fn main() -> std::process::ExitCode {
    regimen::cli::main()
}
