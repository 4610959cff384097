

import django.db.models.deletion
import privity.practice.keys.fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_keep'),
        ('records', '0002_chart'),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('why', models.CharField(choices=[('death', 'Has died'), ('incapacity', 'Cannot act any more')], max_length=10)),
                ('paper', models.CharField(choices=[('certificate', 'A death certificate'), ('court', "A court's paper"), ('physician', "A physician's letter"), ('family', "The family's word")], max_length=12)),
                ('at', privity.practice.keys.fields.Moment()),
                ('by', models.UUIDField()),
                ('lifted', privity.practice.keys.fields.Moment(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.account')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.practice')),
            ],
        ),
        migrations.CreateModel(
            name='AuthorKey',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='people.account')),
                ('agree', models.BinaryField(max_length=32)),
                ('verify', models.BinaryField(max_length=32)),
                ('made', privity.practice.keys.fields.Moment()),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.practice')),
            ],
        ),
        migrations.CreateModel(
            name='Custody',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('wrapped', models.BinaryField()),
                ('named', privity.practice.keys.fields.Moment()),
                ('ended', privity.practice.keys.fields.Moment(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.account')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.account')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.practice')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.account')),
            ],
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('record', models.UUIDField(null=True)),
                ('session', models.CharField(max_length=40)),
                ('made', privity.practice.keys.fields.Moment()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.account')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.practice')),
            ],
        ),
        migrations.CreateModel(
            name='Unlocker',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('wrapped', models.BinaryField()),
                ('made', privity.practice.keys.fields.Moment()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.account')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.practice')),
            ],
        ),
        migrations.CreateModel(
            name='Compared',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('signature', models.BinaryField(max_length=64)),
                ('at', privity.practice.keys.fields.Moment()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.account')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.practice')),
                ('whom', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.account')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('by', 'whom'), name='compared_once')],
            },
        ),
        migrations.CreateModel(
            name='NoteKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('wrapped', models.BinaryField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.account')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.practice')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'author'), name='one_note_key')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('asked', privity.practice.keys.fields.Moment()),
                ('by', models.UUIDField()),
                ('inner', models.BinaryField(null=True)),
                ('first_at', privity.practice.keys.fields.Moment(null=True)),
                ('second_at', privity.practice.keys.fields.Moment(null=True)),
                ('stopped', privity.practice.keys.fields.Moment(null=True)),
                ('absence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.absence')),
                ('custody', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.custody')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.practice')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('stopped', None)), fields=('custody',), name='one_opening_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='SealedNote',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('version', models.IntegerField()),
                ('draft', models.BooleanField()),
                ('at', privity.practice.keys.fields.Moment()),
                ('body', models.BinaryField()),
                ('handed', models.UUIDField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.account')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.practice')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.record')),
            ],
            options={
                'indexes': [models.Index(fields=['record', 'author', 'at'], name='sealed_order')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('draft', True)), fields=('record', 'author'), name='one_sealed_draft')],
            },
        ),
    ]
