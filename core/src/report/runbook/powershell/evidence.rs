//! What “Before you start” defines in PowerShell: the evidence, as the shell's own functions keep it.

/// `az` and `Ran` write the lines of the shell's transcript (a moment and the call, what it printed, how it ended), so that one reader takes
/// both; keys and tokens are left out. `Save` writes no file of a call that was refused, and `[]` where nothing is listed: a cmdlet gives no
/// object then. `AsFile` gives `az` a value with double quotes as a file, which no `az.cmd` can spoil. The names of the variables in here are
/// used by no step: a block that is called sees them.
pub(in crate::report::runbook) const EVIDENCE: &str = r#"if ($PSVersionTable.PSVersion -lt '7.3') { throw 'PowerShell 7.3 or later is needed.' }
$EVIDENCE = if ($env:EVIDENCE) { $env:EVIDENCE } else { Join-Path (Get-Location) 'dr-evidence' }
New-Item -ItemType Directory -Force -Path $EVIDENCE | Out-Null
$SHELL_LOG = Join-Path $EVIDENCE "transcript-$([DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ'))-$PID.txt"
Set-StrictMode -Version Latest
$CONFIRM = $null
$global:SHELL_ENDED = 0
# On Windows azps.ps1 takes the place of az.cmd, which loses double quotes and takes & and | for its own.
$AZ_CLI = Get-Command azps.ps1, az -CommandType ExternalScript, Application -ErrorAction Ignore | Select-Object -First 1
function Hide([string] $Told) {
  $Told -replace 'sig=[^& "]*', 'sig=hidden' -replace 'AccountKey=[^;"]*', 'AccountKey=hidden' -replace '("\w*key" *: *")[^"]*', '$1hidden'
}
function Note([string] $Told) {
  $lines = if (Test-Path -LiteralPath $SHELL_LOG) { $Told } else { "shell $PID", $Told }
  foreach ($line in $lines) {
    Add-Content -LiteralPath $SHELL_LOG -Value "$([DateTime]::UtcNow.ToString('s'))Z $(Hide $line)"
  }
}
function Kept([string] $Told, [scriptblock] $Call) {
  Note $Told
  $said = @()
  $code = 1
  try {
    $global:LASTEXITCODE = 0
    $refused = 0
    & $Call 2>&1 | ForEach-Object {
      $said += $_
      if ($_ -is [Management.Automation.ErrorRecord]) {
        if ($_.FullyQualifiedErrorId -notlike 'NativeCommandError*') { $refused = 1 }
        $Host.UI.WriteErrorLine("$_")
      } else { $_ }
    }
    $code = [Math]::Max($refused, $LASTEXITCODE)
  } finally {
    $secret = $Told -match ' list-keys | get-access-token | regenerate-key| credential list |^(Get|New)-AzRedis\w*CacheKey'
    $lines = if ($secret) { '(a secret, not kept)' } else { Hide ($said | Out-String -Width 500).TrimEnd() }
    Add-Content -LiteralPath $SHELL_LOG -Value $lines
    Note "ended with $code"
    $global:SHELL_ENDED = $code
  }
}
function az {
  $words = @($args | ForEach-Object { $_ })
  Kept "az $words" { & $AZ_CLI @words }
}
function Ran([scriptblock] $Call) {
  $told = "$Call".Trim() -replace '`?\s*\n\s*', ' ' -replace '\$\{?(\w+)\}?', { Get-Variable $_.Groups[1].Value -ValueOnly -ErrorAction Ignore }
  Kept $told $Call
}
function AsFile([string] $Value) {
  $path = Join-Path $EVIDENCE "value-$([guid]::NewGuid()).json"
  Set-Content -Path $path -Value $Value -NoNewline
  "@$path"
}
function Save([string] $Label, [scriptblock] $Command) {
  $path = "$([DateTime]::UtcNow.ToString('yyyyMMddTHHmmssZ'))-$Label.json"
  $result = @(& $Command)
  if ($global:SHELL_ENDED -ne 0) { Write-Warning "$Label is not saved: the call was refused."; return }
  $lines = if ($result.Count -eq 0) { '[]' }
    elseif ($result[0] -is [string]) { $result -join "`n" }
    else { $result | ConvertTo-Json -Depth 20 }
  Set-Content -Path (Join-Path $EVIDENCE $path) -Value $lines
  $result
}
function Settled([int] $Minutes, [scriptblock] $Command) {
  $state = 'unknown'
  for ($try = 0; $try -le 2 * $Minutes; $try++) {
    $state = & $Command
    if ($state -eq 'Succeeded') { return }
    if ($state -in 'Failed', 'Canceled', 'Cancelled') { break }
    Start-Sleep -Seconds 30
  }
  throw "It is $state, not Succeeded: stop, and read the activity log."
}"#;
