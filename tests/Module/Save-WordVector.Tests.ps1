#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Words.SaveWordVectorCommand'

    # A local server with one file.
    $file = [Text.Encoding]::UTF8.GetBytes("salad 1 2`nlaptop 3 4`n")
    $digest = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($file))
    $listener = [Net.HttpListener]::new()
    $port = 20000 + $PID % 20000
    while (-not $listener.IsListening) {
        try {
            $listener.Prefixes.Clear()
            $listener.Prefixes.Add("http://127.0.0.1:$port/")
            $listener.Start()
        }
        catch {
            $listener = [Net.HttpListener]::new()
            $port++
        }
    }

    $uri = "http://127.0.0.1:$port"
    $server = [powershell]::Create().AddScript({
        param($Listener, $File)
        while ($Listener.IsListening) {
            $context = $Listener.GetContext()
            $response = $context.Response
            switch ($context.Request.Url.AbsolutePath) {
                '/words.txt' { $response.OutputStream.Write($File) }
                '/moved.txt' { $response.Redirect('/words.txt') }
                '/secret.txt' { $response.StatusCode = 403 }
                default { $response.StatusCode = 404 }
            }

            $response.Close()
        }
    }).AddArgument($listener).AddArgument($file)
    $null = $server.BeginInvoke()
}

AfterAll {
    $listener.Stop()
    $server.Dispose()
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Save-WordVector' {
    It 'downloads <Path>, imports it and leaves no download behind' -ForEach @(
        @{ Path = 'words.txt' }
        @{ Path = 'moved.txt' }
    ) {
        $table = Save-WordVector -Uri "$uri/$Path" -Name "from $Path" -Sha256 $digest

        $table.Name | Should -BeExactly "from $Path"
        $table.Keys | Should -Be 2
        (Get-WordVector laptop -Vectors "from $Path").Vector | Should -Be 3, 4
        Get-ChildItem (Join-Path $env:ONNXDEEP_HOME downloads) | Should -BeNullOrEmpty
    }

    It '<Id> is told and no table is made' -ForEach @(
        @{ Id = 'DownloadNotFound'; Address = '/nothing'; Arguments = @{} }
        @{ Id = 'DownloadRefused'; Address = '/secret.txt'; Arguments = @{} }
        @{ Id = 'DownloadDigestMismatch'; Address = '/words.txt'; Arguments = @{ Sha256 = '0' * 64 } }
    ) {
        $failure = Get-Failure { Save-WordVector -Uri "$uri$Address" -Name failed @Arguments }

        $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        "$failure" | Should -BeLikeExactly "*$uri$Address*"
        @(Get-WordVectorTable failed*) | Should -HaveCount 0
        Get-ChildItem "$env:ONNXDEEP_HOME/downloads/*.part" | Should -BeNullOrEmpty
    }

    It 'refuses the address <_>' -ForEach 'ftp://127.0.0.1/v.txt', 'v.txt' {
        (Get-Failure { Save-WordVector -Uri $_ -Name bad }).FullyQualifiedErrorId |
            Should -BeExactly "DownloadUriInvalid,$by"
    }

    It 'lists the names in the catalogue if a name is unknown' {
        'nosuch', 'nosuch2' | Save-WordVector @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "PublicationNotFound,$by", "PublicationNotFound,$by"
        $problems | Should -Match 'glove\.6B\.300d'
    }

    It 'completes the catalogue''s names' {
        (TabExpansion2 'Save-WordVector glove.6B').CompletionMatches.CompletionText |
            Should -BeExactly glove.6B.50d, glove.6B.100d, glove.6B.200d, glove.6B.300d
    }

    It 'sends nothing with -WhatIf' {
        Save-WordVector glove.6B.300d -WhatIf | Should -BeNullOrEmpty
    }
}
