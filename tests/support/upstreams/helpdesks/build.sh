# Run in the folder of a fresh Debian root, with /proc and /dev in it.
set -e
printf '#!/bin/sh\nexit 101\n' > usr/sbin/policy-rc.d && chmod +x usr/sbin/policy-rc.d
cp /etc/resolv.conf etc/resolv.conf
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
chroot . apt-get update -q
chroot . apt-get install -y -q --no-install-recommends \
    request-tracker5 rt5-db-sqlite rt5-standalone dbconfig-sqlite3
# Without the version its set-up doesn't find racc.
BUNDLER_VERSION=2.3.15 chroot . apt-get install -y -q --no-install-recommends \
    redmine redmine-sqlite puma
cat > etc/request-tracker5/RT_SiteConfig.d/90-tests.pm <<'END'
Set($WebPath, "");
Set($LogToSyslog, undef);
Set($LogToSTDERR, "error");
1;
END
cat > root/rt.pl <<'END'
use lib "/usr/share/request-tracker5/lib";
use RT -init;
my $user = RT::User->new(RT->SystemUser);
$user->Load("root");
my ($ok, $said) = $user->SetPassword("correct horse");
die $said unless $ok;
END
chroot . perl /root/rt.pl
cat > tmp/redmine.rb <<'END'
Setting.rest_api_enabled = '1'
admin = User.where(login: 'admin').first
admin.update_columns(status: 1, must_change_passwd: false)
Token.where(user_id: admin.id, action: 'api').delete_all
Token.create!(user_id: admin.id, action: 'api', value: '0123456789abcdef0123456789abcdef01234567')
Token.where(user_id: admin.id, action: 'api').update_all(value: '0123456789abcdef0123456789abcdef01234567')
open_one = IssueStatus.find_or_create_by!(name: 'New') { |s| s.is_closed = false }
IssueStatus.find_or_create_by!(name: 'Closed') { |s| s.is_closed = true }
tracker = Tracker.find_or_create_by!(name: 'Support') { |t| t.default_status = open_one }
IssuePriority.find_or_create_by!(name: 'Normal') { |p| p.is_default = true }
project = Project.find_or_create_by!(identifier: 'expedita') { |p| p.name = 'Expedita' }
project.trackers = [tracker]
project.enabled_module_names = ['issue_tracking']
project.save!
support = User.where(login: 'support').first || User.new(firstname: 'Sol', lastname: 'Suporte',
  mail: 'support@example.com').tap { |u| u.login = 'support'; u.password = 'correct horse';
  u.admin = true; u.save! }
Token.where(user_id: support.id, action: 'api').delete_all
Token.create!(user_id: support.id, action: 'api')
Token.where(user_id: support.id, action: 'api').update_all(value: '76543210fedcba9876543210fedcba9876543210')
END
chroot . su -s /bin/sh www-data -c 'cd /usr/share/redmine && HOME=/tmp RAILS_ENV=production \
    REDMINE_INSTANCE=default bundle exec rails runner /tmp/redmine.rb'
